/** What the proxies counted and how far the schedule has come, in the form in which Prometheus asks for it. */
@NullMarked
package dev.stabilitylab.faultinjector.metrics;

import org.jspecify.annotations.NullMarked;

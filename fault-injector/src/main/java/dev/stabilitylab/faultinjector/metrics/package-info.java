/** What the proxies counted, in the form in which Prometheus asks for it. */
@NullMarked
package dev.stabilitylab.faultinjector.metrics;

import org.jspecify.annotations.NullMarked;

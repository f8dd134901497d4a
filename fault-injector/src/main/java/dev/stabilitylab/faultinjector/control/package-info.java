/** The HTTP API, in Toxiproxy's shape, that adds proxies and breaks them. */
@NullMarked
package dev.stabilitylab.faultinjector.control;

import org.jspecify.annotations.NullMarked;

/** Asks over HTTP exactly once: the load without blocking, and everything else with one client. */
@NullMarked
package dev.stabilitylab.lab.http;

import org.jspecify.annotations.NullMarked;

/** Asks over HTTP without blocking, and exactly once. */
@NullMarked
package dev.stabilitylab.lab.http;

import org.jspecify.annotations.NullMarked;

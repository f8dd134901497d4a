/** The page without the gateway, and the table that compares the two. */
@NullMarked
package dev.stabilitylab.benchmarks.home;

import org.jspecify.annotations.NullMarked;

/** The cost of one successful call without a network, beside plain code and other libraries. */
@NullMarked
package dev.stabilitylab.benchmarks.call;

import org.jspecify.annotations.NullMarked;

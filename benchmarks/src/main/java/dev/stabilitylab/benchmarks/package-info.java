/** What the benchmarks share: rounds, and the page that they write. */
@NullMarked
package dev.stabilitylab.benchmarks;

import org.jspecify.annotations.NullMarked;

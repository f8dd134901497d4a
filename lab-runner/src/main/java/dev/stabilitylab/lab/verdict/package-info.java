/** From recordings to figures, and from figures to a verdict. */
@NullMarked
package dev.stabilitylab.lab.verdict;

import org.jspecify.annotations.NullMarked;

/** Time that everyone in a run counts from the same origin, and things to do at a moment of it. */
@NullMarked
package dev.stabilitylab.lab.time;

import org.jspecify.annotations.NullMarked;

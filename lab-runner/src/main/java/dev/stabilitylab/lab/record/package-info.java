/** What was seen during one variant of a simulation. */
@NullMarked
package dev.stabilitylab.lab.record;

import org.jspecify.annotations.NullMarked;

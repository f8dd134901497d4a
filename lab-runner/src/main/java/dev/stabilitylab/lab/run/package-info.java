/** Plays a simulation: world, load, timeline, recording, verdict. */
@NullMarked
package dev.stabilitylab.lab.run;

import org.jspecify.annotations.NullMarked;

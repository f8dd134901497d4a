/** The system as processes on this machine, started and ended by the lab. */
@NullMarked
package dev.stabilitylab.lab.world.local;

import org.jspecify.annotations.NullMarked;

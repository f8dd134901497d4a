/** A system that is up already: the lab drives and measures it, and leaves it as it was. */
@NullMarked
package dev.stabilitylab.lab.world.remote;

import org.jspecify.annotations.NullMarked;

/** Executes a timeline of changes by itself, and ends the faults that it caused when it is cancelled. */
@NullMarked
package dev.stabilitylab.faultinjector.schedule;

import org.jspecify.annotations.NullMarked;

/** What a simulation is, and how it is read from its file. */
@NullMarked
package dev.stabilitylab.lab.script;

import org.jspecify.annotations.NullMarked;

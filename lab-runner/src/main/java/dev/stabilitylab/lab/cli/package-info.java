/** The command that a person types. */
@NullMarked
package dev.stabilitylab.lab.cli;

import org.jspecify.annotations.NullMarked;

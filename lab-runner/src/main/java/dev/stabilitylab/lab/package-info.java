/** Runs simulations. */
@NullMarked
package dev.stabilitylab.lab;

import org.jspecify.annotations.NullMarked;

/** The faults, each with its settings, their limits and what it does; {@link dev.stabilitylab.faultinjector.faults.ToxicTypes} lists them. */
@NullMarked
package dev.stabilitylab.faultinjector.faults;

import org.jspecify.annotations.NullMarked;

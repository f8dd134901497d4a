/** The fault injector under many toxics, changes, connections and senseless requests: it loses no byte, never hangs and leaks nothing. */
@NullMarked
package dev.stabilitylab.faultinjector.endurance;

import org.jspecify.annotations.NullMarked;

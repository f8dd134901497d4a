/** Service faults: a service that is slow or fails by itself, not on the wire. Switched on for a while, to see what that does to others. */
@NullMarked
package dev.stabilitylab.servicekit.faults;

import org.jspecify.annotations.NullMarked;

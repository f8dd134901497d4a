/** A service that is slow or fails by itself, not on the wire: switched on for a while, to see what that does to others. */
@NullMarked
package dev.stabilitylab.servicekit.trouble;

import org.jspecify.annotations.NullMarked;

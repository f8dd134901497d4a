/** How many requests a service works on at once, how many wait, and how long the work of one takes. */
@NullMarked
package dev.stabilitylab.servicekit.capacity;

import org.jspecify.annotations.NullMarked;

/** When a service ends. */
@NullMarked
package dev.stabilitylab.servicekit.lifecycle;

import org.jspecify.annotations.NullMarked;

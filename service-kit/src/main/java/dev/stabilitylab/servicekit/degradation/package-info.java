/** How an answer says that it is not what it should be. */
@NullMarked
package dev.stabilitylab.servicekit.degradation;

import org.jspecify.annotations.NullMarked;

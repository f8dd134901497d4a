/** Ten items for this user. */
@NullMarked
package dev.stabilitylab.recommendations;

import org.jspecify.annotations.NullMarked;

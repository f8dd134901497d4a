/** A proxy in front of every upstream, and the API that makes it fail. */
@NullMarked
package dev.stabilitylab.faultinjector;

import org.jspecify.annotations.NullMarked;

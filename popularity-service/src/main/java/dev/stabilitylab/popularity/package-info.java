/** The ten popular items. */
@NullMarked
package dev.stabilitylab.popularity;

import org.jspecify.annotations.NullMarked;

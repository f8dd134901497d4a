/** Users who ask for pages, and what they got. */
@NullMarked
package dev.stabilitylab.lab.load;

import org.jspecify.annotations.NullMarked;

/** The rules that the folders of this project keep. */
@NullMarked
package dev.stabilitylab.architecture;

import org.jspecify.annotations.NullMarked;

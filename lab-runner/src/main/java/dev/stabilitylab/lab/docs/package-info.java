/** Pages of the walkthrough, filled with what runs measured and with the lines of code that they speak of. */
@NullMarked
package dev.stabilitylab.lab.docs;

import org.jspecify.annotations.NullMarked;

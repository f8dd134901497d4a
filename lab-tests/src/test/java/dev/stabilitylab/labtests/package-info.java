/** The lab with the whole system, as a person gets both: real processes from the built jars. */
@NullMarked
package dev.stabilitylab.labtests;

import org.jspecify.annotations.NullMarked;

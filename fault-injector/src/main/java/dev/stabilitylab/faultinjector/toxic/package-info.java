/** The faults themselves: what each does to the bytes that one side of a connection sends to the other. */
@NullMarked
package dev.stabilitylab.faultinjector.toxic;

import org.jspecify.annotations.NullMarked;

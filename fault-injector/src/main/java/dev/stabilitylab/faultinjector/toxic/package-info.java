/** What a fault is made of: its type and attributes, and how it gets at the bytes that one side of a connection sends to the other. */
@NullMarked
package dev.stabilitylab.faultinjector.toxic;

import org.jspecify.annotations.NullMarked;

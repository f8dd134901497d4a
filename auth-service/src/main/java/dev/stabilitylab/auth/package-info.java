/** Knows whose token this is, and what that user may do. */
@NullMarked
package dev.stabilitylab.auth;

import org.jspecify.annotations.NullMarked;

/** Composes the page from the other services, and does without what is missing. */
@NullMarked
package dev.stabilitylab.homepage;

import org.jspecify.annotations.NullMarked;

/** Every error that leaves a service is a problem (RFC 9457), wherever it comes from. */
@NullMarked
package dev.stabilitylab.servicekit.problems;

import org.jspecify.annotations.NullMarked;

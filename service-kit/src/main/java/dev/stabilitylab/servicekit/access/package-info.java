/** Who is the caller, and what may this caller see? Asks auth, through the gateway, and fails closed. */
@NullMarked
package dev.stabilitylab.servicekit.access;

import org.jspecify.annotations.NullMarked;

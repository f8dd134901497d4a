/** Listens for clients, connects them with an upstream, and lets toxics at the bytes between them. */
@NullMarked
package dev.stabilitylab.faultinjector.proxy;

import org.jspecify.annotations.NullMarked;

/** What a client may cost a service before there is a request to serve: time, bytes and threads. */
@NullMarked
package dev.stabilitylab.servicekit.connections;

import org.jspecify.annotations.NullMarked;

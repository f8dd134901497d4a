/** One attempt on the wire: bounded in time, in size and in connections, and always ended by exactly one reply. */
@NullMarked
package dev.stabilitylab.apiclient.internal.wire;

import org.jspecify.annotations.NullMarked;

/** One attempt on the wire: bounded in time, in size and in connections. */
@NullMarked
package dev.stabilitylab.apiclient.internal.wire;

import org.jspecify.annotations.NullMarked;

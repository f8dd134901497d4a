/** HTTP/1 on a connection: where messages begin and end, which of them are hit, and how faults get at those. */
@NullMarked
package dev.stabilitylab.faultinjector.http;

import org.jspecify.annotations.NullMarked;

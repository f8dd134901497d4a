/** Faults that understand HTTP/1: where messages begin and end on a connection, which of them are hit, and what is done to those. */
@NullMarked
package dev.stabilitylab.faultinjector.http;

import org.jspecify.annotations.NullMarked;

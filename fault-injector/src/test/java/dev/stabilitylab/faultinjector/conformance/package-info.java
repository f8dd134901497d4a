/**
 * What Toxiproxy 2.12 does, as tests that run against Toxiproxy itself ({@code -Dconformance.url=http://127.0.0.1:8474}) and, without
 * that property, against this fault injector.
 */
@NullMarked
package dev.stabilitylab.faultinjector.conformance;

import org.jspecify.annotations.NullMarked;

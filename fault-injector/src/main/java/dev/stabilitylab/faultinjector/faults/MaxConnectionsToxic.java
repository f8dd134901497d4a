package dev.stabilitylab.faultinjector.faults;

import dev.stabilitylab.faultinjector.toxic.AcceptToxic;
import dev.stabilitylab.faultinjector.toxic.Attribute;

/**
 * Accepts no more than so many connections at a time, as a server does that has run out of workers; with 0 as one that hangs. Those who come
 * next wait in the operating system's queue: they are connected, and nobody answers.
 */
record MaxConnectionsToxic(@Attribute(max = 1_000_000) long connections) implements AcceptToxic {}

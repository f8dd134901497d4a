/**
 * What a call does, decided without doing it: events and times in, actions out. No thread, lock that waits, clock, socket or random source
 * of its own, so that every order of events can be tested, and the same code runs in virtual time.
 */
@NullMarked
package dev.stabilitylab.apiclient.internal.core;

import org.jspecify.annotations.NullMarked;

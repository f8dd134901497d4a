package dev.stabilitylab.apiclient.internal.core;

import dev.stabilitylab.apiclient.Outcome;

/** What the driver of a call is to do next. Times are in nanoseconds of the driver's monotonic clock. */
public sealed interface Action {

    /**
     * Send the request once, and {@linkplain Call#replied say} what came of it.
     *
     * @param expiresAt when the attempt must have ended
     */
    record Send(long expiresAt) implements Action {}

    /** Do nothing until that time or until the call's {@linkplain CallFacts#waker() waker} runs, then {@linkplain Call#woken say so}. */
    record Wait(long until) implements Action {}

    /** Nothing more: the call has ended. */
    record End<T>(Outcome<T> outcome) implements Action {}
}

package dev.stabilitylab.apiclient;

import java.util.function.Function;

/**
 * A call that is ready to be made.
 *
 * @param <T> type of the value
 */
public interface ApiCall<T> {

    /** The value that stands in when the call fails, whatever the reason. */
    default ApiCall<T> fallback(T value) {
        return fallback(failure -> value);
    }

    /** Computes the value that stands in when the call fails. What it throws, {@link #call()} throws. */
    ApiCall<T> fallback(Function<? super Failure, ? extends T> fallback);

    /**
     * Lets a recent answer to an equal call stand in when the upstream fails now: no connection, a lost one, an attempt timeout, a status of
     * 500 or above, a response that cannot be used, or an open circuit breaker. Never for what says nothing about the upstream: a deadline
     * that this service's own caller set, a full bulkhead, a 429 or 408, a cancellation. A rejection, which is any other status from 300 to
     * 499, removes the answer, also against calls that began earlier and end later. It is no cache: every call goes to the upstream. Without
     * effect when the policy has no {@code stale-if-error} (RFC 5861, 4).
     *
     * @param key who asks; only calls with the same method, path and key are equal. It is kept in memory, so it must not be a secret
     */
    ApiCall<T> staleIfError(String key);

    /**
     * Makes the call on the calling thread and returns when it has ended: at the latest at its deadline, which is the policy's or the
     * {@linkplain Deadline#current() current one}, whichever is earlier.
     */
    Outcome<T> call();
}

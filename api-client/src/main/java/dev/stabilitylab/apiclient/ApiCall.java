package dev.stabilitylab.apiclient;

import java.util.function.Function;

/**
 * A call that is ready to be made.
 *
 * @param <T> type of the answer's body
 */
public interface ApiCall<T> {

    /** The value that stands in when the call fails, whatever the reason. */
    default ApiCall<T> fallback(T value) {
        return fallback(failure -> value);
    }

    /** Computes the value that stands in when the call fails; the failure tells why. */
    ApiCall<T> fallback(Function<? super Failure, ? extends T> fallback);

    /**
     * Lets an answer that this upstream gave to an equal call a moment ago stand in when it is unreachable now: no connection, no
     * answer in time, a status of 500 or above, or a breaker that is open. Never when it says no: an answer with a status of 300
     * to 499, other than 429, ends the lease. Without effect when the policy has no lease. It is no cache: the upstream is asked each time.
     *
     * @param key who asks; only calls with the same method, address, expected type and key are equal. It is kept in memory, so it must not
     *     be a secret
     */
    ApiCall<T> lease(String key);

    /**
     * Makes the call, on the calling thread, and returns when it has ended: at the latest at the deadline. The deadline is
     * the policy's, or the {@linkplain Deadline#current() current one} where that is earlier.
     */
    Outcome<T> call();
}

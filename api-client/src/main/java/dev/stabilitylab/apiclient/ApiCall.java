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
     * Makes the call, on the calling thread, and returns when it has ended: at the latest at the deadline. The deadline is
     * the policy's, or the {@linkplain Deadline#current() current one} where that is earlier.
     */
    Outcome<T> call();
}

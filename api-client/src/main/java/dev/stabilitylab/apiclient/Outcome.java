package dev.stabilitylab.apiclient;

import java.time.Duration;
import java.util.function.Function;

/**
 * How one call ended: with the upstream's answer, with an earlier one, with the caller's fallback, or with a failure. Never {@code null} and
 * never an exception: a caller decides by type.
 *
 * @param <T> type of the answer's body
 */
public sealed interface Outcome<T> {

    /**
     * The upstream answered.
     *
     * @param status HTTP status, 200 to 299
     */
    record Success<T>(T value, int status) implements Outcome<T> {}

    /**
     * The upstream did not answer, and an answer that it gave a moment ago stands in: see {@link ApiCall#lease}.
     *
     * @param age time since the call began that brought the answer
     * @param failure why the upstream did not answer now
     */
    record Leased<T>(T value, Duration age, Failure failure) implements Outcome<T> {}

    /** The upstream did not answer, and the caller's fallback stands in: a degraded answer. */
    record Degraded<T>(T value, Failure failure) implements Outcome<T> {}

    /** The upstream did not answer, and nothing stands in. */
    record Failed<T>(Failure failure) implements Outcome<T> {}

    /**
     * Folds the cases into one value.
     *
     * @param onValue takes the upstream's answer, the leased one or the fallback
     * @param onFailure takes the failure when nothing stands in
     */
    default <R> R fold(Function<? super T, ? extends R> onValue, Function<? super Failure, ? extends R> onFailure) {
        if (this instanceof Success<T> success) {
            return onValue.apply(success.value());
        }
        if (this instanceof Leased<T> leased) {
            return onValue.apply(leased.value());
        }
        if (this instanceof Degraded<T> degraded) {
            return onValue.apply(degraded.value());
        }
        return onFailure.apply(((Failed<T>) this).failure());
    }
}

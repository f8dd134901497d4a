package dev.stabilitylab.apiclient;

import java.time.Duration;
import java.util.function.Function;

/**
 * How a call ended: with the upstream's answer, a stale answer, the caller's fallback, or a failure. Never {@code null} and never an
 * exception: a caller decides by type.
 *
 * @param <T> type of the value
 */
public sealed interface Outcome<T> {

    /**
     * The upstream answered.
     *
     * @param response status 200 to 299, and headers
     */
    record Success<T>(T value, Response response) implements Outcome<T> {

        /** A success that needed no call. */
        public static <T> Success<T> of(T value) {
            return new Success<>(value, Response.of(200));
        }
    }

    /**
     * The upstream failed, and an earlier answer stands in: see {@link ApiCall#staleIfError}.
     *
     * @param age time since the start of the call that brought the answer
     * @param failure why there is no fresh answer
     */
    record Stale<T>(T value, Duration age, Failure failure) implements Outcome<T> {}

    /** The upstream failed, and the caller's fallback stands in. */
    record Degraded<T>(T value, Failure failure) implements Outcome<T> {}

    /** The upstream failed, and nothing stands in. */
    record Failed<T>(Failure failure) implements Outcome<T> {}

    /**
     * Folds the cases into one value.
     *
     * @param onValue takes the upstream's answer, the stale one or the fallback
     * @param onFailure takes the failure when nothing stands in
     */
    default <R> R fold(Function<? super T, ? extends R> onValue, Function<? super Failure, ? extends R> onFailure) {
        if (this instanceof Success<T> success) {
            return onValue.apply(success.value());
        }
        if (this instanceof Stale<T> stale) {
            return onValue.apply(stale.value());
        }
        if (this instanceof Degraded<T> degraded) {
            return onValue.apply(degraded.value());
        }
        return onFailure.apply(((Failed<T>) this).failure());
    }
}

package dev.stabilitylab.apiclient.internal.core;

import dev.stabilitylab.apiclient.Failure;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the caller wants of one call.
 *
 * @param idempotent whether the request may be sent again after something of it may have arrived
 * @param callerDeadline of this service's own caller, in nanoseconds of the driver's clock; {@link #NO_DEADLINE} for none
 * @param reader turns the response into a value
 * @param staleKey which calls are equal, for stale-if-error; null when no stale answer may stand in
 * @param fallback null for none
 * @param waker ends the driver's {@link Action.Wait} early, on any thread
 */
public record CallFacts<T>(
        boolean idempotent,
        long callerDeadline,
        ResponseReader<T> reader,
        @Nullable StaleKey staleKey,
        @Nullable Function<? super Failure, ? extends T> fallback,
        Runnable waker) {

    /** A deadline that no clock reaches. */
    public static final long NO_DEADLINE = Long.MAX_VALUE;
}

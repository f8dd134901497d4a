package dev.stabilitylab.apiclient.internal.core;

import dev.stabilitylab.apiclient.Failure;
import dev.stabilitylab.apiclient.FailureKind;
import dev.stabilitylab.apiclient.Response;

/** What a failure means to each policy. {@code docs/policies.md} shows this as a table, and a test holds the two together. */
final class Verdict {

    private static final int REQUEST_TIMEOUT = 408;
    private static final int NOT_IMPLEMENTED = 501;

    private Verdict() {}

    // docs:begin what-counts
    /** What it says about the upstream, for the circuit breaker. */
    static Evidence evidence(Failure failure) {
        return switch (failure.kind()) {
            case CONNECTION_FAILED, CONNECTION_LOST, TIMED_OUT, SERVER_ERROR, BAD_RESPONSE -> Evidence.OF_FAILURE;
            // It works: it understood, and said no.
            case REJECTED -> hasStatus(failure, REQUEST_TIMEOUT) ? Evidence.NONE : Evidence.OF_HEALTH;
            case THROTTLED, BREAKER_OPEN, BULKHEAD_FULL, DEADLINE_EXCEEDED, CANCELLED -> Evidence.NONE;
        };
    }
    // docs:end what-counts

    // docs:begin worth-retrying
    /** Whether another attempt may end better, and may be made. */
    static boolean isRetried(Failure failure, boolean idempotent) {
        return switch (failure.kind()) {
            // Nothing was sent, so nothing can happen twice.
            case CONNECTION_FAILED -> true;
            case CONNECTION_LOST, TIMED_OUT, THROTTLED -> idempotent;
            case SERVER_ERROR -> idempotent && !hasStatus(failure, NOT_IMPLEMENTED);
            case REJECTED -> idempotent && hasStatus(failure, REQUEST_TIMEOUT);
            case BAD_RESPONSE, BREAKER_OPEN, BULKHEAD_FULL, DEADLINE_EXCEEDED, CANCELLED -> false;
        };
    }
    // docs:end worth-retrying

    // docs:begin stale-if-error
    /** Whether a stale answer may stand in: only for what this service itself saw go wrong with the upstream. */
    static boolean allowsStale(Failure failure) {
        return failure.kind() == FailureKind.BREAKER_OPEN || evidence(failure) == Evidence.OF_FAILURE;
    }

    /** Whether the upstream has taken back what it answered before. */
    static boolean revokesStale(Failure failure) {
        return evidence(failure) == Evidence.OF_HEALTH;
    }
    // docs:end stale-if-error

    private static boolean hasStatus(Failure failure, int status) {
        Response response = failure.response();
        return response != null && response.status() == status;
    }

    /** What an ended attempt says about the upstream. */
    enum Evidence {
        OF_FAILURE,
        OF_HEALTH,
        /** Counts for nothing: something else ended it. */
        NONE
    }
}

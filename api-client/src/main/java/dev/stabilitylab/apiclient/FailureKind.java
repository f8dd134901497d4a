package dev.stabilitylab.apiclient;

import java.util.Locale;

/** The kinds of failure, one for each type of {@link Failure}. */
public enum FailureKind {
    CONNECTION_FAILED,
    CONNECTION_LOST,
    TIMED_OUT,
    SERVER_ERROR,
    BAD_RESPONSE,
    REJECTED,
    THROTTLED,
    BREAKER_OPEN,
    BULKHEAD_FULL,
    DEADLINE_EXCEEDED,
    CANCELLED;

    private final String tag = name().toLowerCase(Locale.ROOT);

    /** The value of the metrics' tags {@code outcome} and {@code cause}. */
    public String tag() {
        return tag;
    }
}

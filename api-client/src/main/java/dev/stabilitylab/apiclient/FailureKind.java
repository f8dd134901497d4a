package dev.stabilitylab.apiclient;

import java.util.Locale;

/** The kinds of failure, one for each type of {@link Failure}. */
public enum FailureKind {
    CONNECTION_FAILED(true, true),
    TIMED_OUT(true, true),
    SERVER_ERROR(true, true),
    BAD_RESPONSE(true, false),
    REJECTED(false, false),
    THROTTLED(false, true),
    BREAKER_OPEN(false, false),
    BULKHEAD_FULL(false, false),
    DEADLINE_EXCEEDED(false, false),
    CANCELLED(false, false);

    private final boolean upstreamsFault;
    private final boolean worthRetrying;
    private final String tag = name().toLowerCase(Locale.ROOT);

    FailureKind(boolean upstreamsFault, boolean worthRetrying) {
        this.upstreamsFault = upstreamsFault;
        this.worthRetrying = worthRetrying;
    }

    /** Whether it counts as a failure for the circuit breaker. */
    public boolean isUpstreamsFault() {
        return upstreamsFault;
    }

    /** Whether another attempt may end better. */
    public boolean isWorthRetrying() {
        return worthRetrying;
    }

    /** The value of the metrics' tag {@code outcome}. */
    public String tag() {
        return tag;
    }
}

package dev.stabilitylab.apiclient.internal.wire;

import java.io.IOException;
import java.time.Duration;

/** What one attempt on the wire came to. */
public sealed interface Reply {

    /**
     * A whole answer, whatever its status.
     *
     * @param retryAfter the header of that name in seconds; zero without one, or with a date
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared, never changed.
    record Answer(int status, Duration retryAfter, byte[] body) implements Reply {}

    /** The time was over before the whole answer was there; the connection is closed. */
    record Expired() implements Reply {}

    /** No connection, or it broke before the whole answer was there. */
    record Broken(IOException cause) implements Reply {}

    /** What came was not HTTP, or longer than allowed; the connection is closed. */
    record Garbled(String reason) implements Reply {}

    /**
     * Every connection was taken until the time was over; nothing was sent.
     *
     * @param limit connections to the upstream
     */
    record Crowded(int limit) implements Reply {}
}

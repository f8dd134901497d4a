package dev.stabilitylab.apiclient.internal.core;

import dev.stabilitylab.apiclient.Response;
import java.io.IOException;

/** What came of one attempt on the wire: the event that goes back into the call. */
public sealed interface Reply {

    /** A whole response, whatever its status. */
    record Answered(Response response) implements Reply {}

    /** No connection came about, so nothing was sent. */
    record NotConnected(IOException cause) implements Reply {}

    /** The connection was lost after something may have been sent. */
    record Lost(IOException cause) implements Reply {}

    /** The attempt's time was over before the whole response was there. */
    record Expired() implements Reply {}

    /** What came was not HTTP, or longer than allowed. */
    record Garbled(String reason) implements Reply {}

    /**
     * Every connection was in use for half of the attempt's time, so nothing was sent.
     *
     * @param limit connections to the upstream
     */
    record NoConnectionFree(int limit) implements Reply {}

    /** The attempt was cancelled. */
    record Cancelled() implements Reply {}
}

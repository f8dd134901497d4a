package dev.stabilitylab.lab.script;

import java.time.Duration;

/** Who asks for pages, and how often. */
public sealed interface LoadSpec {

    /** How long a user waits for a page; then it counts as timed out. */
    Duration patience();

    /** The value of the users' {@code Authorization} header. */
    String authorization();

    /**
     * A fixed number of users, each of whom waits for a page before asking for the next: a slow system is asked less.
     *
     * @param thinkTime pause between two pages of a user
     */
    record Closed(int users, Duration thinkTime, Duration patience, String authorization) implements LoadSpec {}

    /**
     * Requests at a rate, no matter how the earlier ones fare. Latency counts from the moment a request was due.
     *
     * @param ratePerSecond requests a second
     * @param maxInFlight requests that may be open at once; one more is not sent, and counts as a page that was not available
     */
    record Open(double ratePerSecond, Arrival arrival, int maxInFlight, Duration patience, String authorization)
            implements LoadSpec {}

    /** How open-loop requests are spread over time. */
    enum Arrival {
        /** One every 1/rate seconds. */
        FIXED,
        /** Exponentially distributed gaps: independent users. */
        POISSON
    }
}

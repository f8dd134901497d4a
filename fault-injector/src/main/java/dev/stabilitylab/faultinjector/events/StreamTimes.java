package dev.stabilitylab.faultinjector.events;

import java.time.Duration;

/**
 * How long a stream of events waits.
 *
 * @param heartbeat between two comments, which show both sides that the other one is still there
 * @param stuck a reader's socket may take nothing for so long before it is cut
 */
record StreamTimes(Duration heartbeat, Duration stuck) {

    /** What docs/fault-injector.md says. */
    static final StreamTimes USUAL = new StreamTimes(Duration.ofSeconds(15), Duration.ofSeconds(10));
}

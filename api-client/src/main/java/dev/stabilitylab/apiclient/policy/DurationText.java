package dev.stabilitylab.apiclient.policy;

import java.time.Duration;

/** Durations as people write them in settings: {@code 300ms}, {@code 2s}, {@code 1h}. */
final class DurationText {

    private DurationText() {}

    /** The shortest form that loses nothing. */
    static String format(Duration duration) {
        long nanos = duration.toNanos();
        if (nanos % 1_000_000_000L == 0) {
            long seconds = nanos / 1_000_000_000L;
            return seconds != 0 && seconds % 3600 == 0 ? seconds / 3600 + "h" : seconds + "s";
        }
        if (nanos % 1_000_000L == 0) {
            return nanos / 1_000_000L + "ms";
        }
        return nanos % 1_000L == 0 ? nanos / 1_000L + "us" : nanos + "ns";
    }
}

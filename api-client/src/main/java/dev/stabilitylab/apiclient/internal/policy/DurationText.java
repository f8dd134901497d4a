package dev.stabilitylab.apiclient.internal.policy;

import java.time.Duration;
import java.util.Optional;
import org.springframework.boot.convert.DurationStyle;

/** Durations as people write them in settings: {@code 300ms}, {@code 2s}, {@code 1h}. */
public final class DurationText {

    private DurationText() {}

    /** Reads what people write; nothing when it is not a duration, has no unit, or is too long to be counted. */
    public static Optional<Duration> parse(String text) {
        if (text.matches("[+-]?\\d+")) {
            return Optional.empty();
        }
        try {
            Duration duration = DurationStyle.detectAndParse(text);
            return Optional.of(Duration.ofNanos(duration.toNanos()));
        } catch (IllegalArgumentException | ArithmeticException malformed) {
            return Optional.empty();
        }
    }

    /** The shortest form that loses nothing. */
    public static String format(Duration duration) {
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

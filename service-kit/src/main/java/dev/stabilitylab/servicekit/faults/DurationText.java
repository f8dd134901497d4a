package dev.stabilitylab.servicekit.faults;

import java.time.Duration;
import java.util.Optional;
import org.springframework.boot.convert.DurationStyle;

/** Durations as people write them: {@code 300ms}, {@code 2s}, {@code 1h}. */
final class DurationText {

    private DurationText() {}

    /** Reads what people write; nothing when it is not a duration, has no unit, or is too long to be counted. */
    static Optional<Duration> parse(String text) {
        if (text.matches("[+-]?\\d+")) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    Duration.ofNanos(DurationStyle.detectAndParse(text).toNanos()));
        } catch (IllegalArgumentException | ArithmeticException malformed) {
            return Optional.empty();
        }
    }

    /** In the largest unit that loses nothing; zero is {@code 0ms}. */
    static String format(Duration duration) {
        long nanos = duration.toNanos();
        if (nanos == 0) {
            return "0ms";
        }
        if (nanos % 3_600_000_000_000L == 0) {
            return nanos / 3_600_000_000_000L + "h";
        }
        if (nanos % 1_000_000_000L == 0) {
            return nanos / 1_000_000_000L + "s";
        }
        if (nanos % 1_000_000L == 0) {
            return nanos / 1_000_000L + "ms";
        }
        return nanos % 1_000L == 0 ? nanos / 1_000L + "us" : nanos + "ns";
    }
}

package dev.stabilitylab.apiclient.internal.support;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;

/** Durations as people write them: {@code 300ms}, {@code 2s}, {@code 1h}. */
public final class DurationText {

    /** What a duration has to be, for the end of a sentence. */
    static final String KIND = "a duration with its unit, such as 300ms or 2s";

    private DurationText() {}

    /** Empty when the text is not a duration, has no unit, or does not fit into nanoseconds. */
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

    /**
     * The same for a parameter that somebody sent.
     *
     * @param text null when it is missing
     * @throws IllegalArgumentException with a sentence that names the key, when it is missing or not a duration
     */
    public static Duration require(String key, @Nullable String text) {
        return Optional.ofNullable(text)
                .flatMap(DurationText::parse)
                .orElseThrow(() -> new IllegalArgumentException(
                        "%s is %s; it must be %s".formatted(key, text == null ? "missing" : text, KIND)));
    }

    /** In the largest unit up to hours that loses nothing; zero is {@code 0ms}. */
    public static String format(Duration duration) {
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

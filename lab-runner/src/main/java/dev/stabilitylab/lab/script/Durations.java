package dev.stabilitylab.lab.script;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 80ms}, {@code 1.5s}, {@code 2m}, {@code 1h}; in steps of a millisecond. */
final class Durations {

    private static final Pattern SYNTAX = Pattern.compile("(-?)(\\d{1,9}(?:\\.\\d{1,9})?) ?(ms|s|m|h)");

    private Durations() {}

    /**
     * Reads a duration; a bare zero needs no unit.
     *
     * @throws IllegalArgumentException with the second half of a sentence that starts with the culprit and its value
     */
    static Duration parse(String text) {
        if (text.equals("0")) {
            return Duration.ZERO;
        }
        Matcher matcher = SYNTAX.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("it must be a duration with its unit, such as 80ms, 1.5s or 2m");
        }
        if (!matcher.group(1).isEmpty()) {
            throw new IllegalArgumentException("it must not be negative");
        }
        BigDecimal millis = new BigDecimal(matcher.group(2)).multiply(BigDecimal.valueOf(millis(matcher.group(3))));
        if (millis.stripTrailingZeros().scale() > 0) {
            throw new IllegalArgumentException("it must be a whole number of milliseconds");
        }
        return Duration.ofMillis(millis.longValueExact());
    }

    /** The shortest way to write a duration exactly, to a millisecond. */
    static String text(Duration duration) {
        long millis = duration.toMillis();
        if (millis % 1000 != 0) {
            return millis < 1000 ? millis + "ms" : BigDecimal.valueOf(millis, 3).stripTrailingZeros() + "s";
        }
        if (millis >= 3_600_000 && millis % 3_600_000 == 0) {
            return millis / 3_600_000 + "h";
        }
        return millis >= 60_000 && millis % 60_000 == 0 ? millis / 60_000 + "m" : millis / 1000 + "s";
    }

    private static long millis(String unit) {
        return switch (unit) {
            case "ms" -> 1;
            case "s" -> 1000;
            case "m" -> 60_000;
            default -> 3_600_000;
        };
    }
}

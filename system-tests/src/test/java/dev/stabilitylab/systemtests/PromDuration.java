package dev.stabilitylab.systemtests;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as Prometheus and Grafana write them, with one unit: {@code 500ms}, {@code 5s}, {@code 2m}, {@code 1h}. */
final class PromDuration {

    private static final Pattern TEXT = Pattern.compile("(\\d+)(ms|s|m|h)");

    private PromDuration() {}

    static Duration parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("%s is not a duration such as 500ms, 5s, 2m or 1h".formatted(text));
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
    }

    static String text(Duration duration) {
        return duration.toMillis() + "ms";
    }
}

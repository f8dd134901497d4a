package dev.stabilitylab.lab.report.terminal;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Figures as text, the same in every country.
 *
 * @param missing stands for a figure that does not exist
 */
record Figures(String missing) {

    /** What {@link #span} takes at most, below ten hours. */
    static final int SPAN_COLUMNS = 11;

    String rate(@Nullable Double value) {
        return value == null ? missing : format("%.1f", value);
    }

    String attempts(@Nullable Double value) {
        return value == null ? missing : format("%.2f", value);
    }

    String millis(@Nullable Double value) {
        if (value == null) {
            return missing;
        }
        return format(value < 100 ? "%.1f" : "%.0f", value);
    }

    String seconds(@Nullable Double millis) {
        return millis == null ? missing : format("%.2f s", millis / 1000);
    }

    /** Never rounds up to all or down to nothing: 99.996 % is not 100 %. */
    String share(@Nullable Double value) {
        if (value == null || !Double.isFinite(value)) {
            return missing;
        }
        RoundingMode towardsHalf = value > 0.5 ? RoundingMode.FLOOR : RoundingMode.CEILING;
        return BigDecimal.valueOf(value)
                        .movePointRight(2)
                        .setScale(2, towardsHalf)
                        .toPlainString() + " %";
    }

    /** A length of time as people say it, e.g. {@code 3 min 40 s}. */
    String span(Duration duration) {
        long seconds = Math.round(duration.toMillis() / 1e3);
        if (seconds < 60) {
            return seconds + " s";
        }
        return seconds < 3600
                ? "%d min %d s".formatted(seconds / 60, seconds % 60)
                : "%d h %d min".formatted(seconds / 3600, seconds / 60 % 60);
    }

    private static String format(String pattern, double value) {
        return String.format(Locale.ROOT, pattern, value);
    }
}

package dev.stabilitylab.lab.report.terminal;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Figures as text, the same in every country.
 *
 * @param missing stands for a figure that does not exist
 */
record Figures(String missing) {

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

    private static String format(String pattern, double value) {
        return String.format(Locale.ROOT, pattern, value);
    }
}

package dev.stabilitylab.lab.verdict;

import dev.stabilitylab.lab.script.Unit;
import java.util.Locale;

/** Figures with their units, as people read them. */
final class FigureText {

    private FigureText() {}

    static String of(double value, Unit unit) {
        return switch (unit) {
            case RATE -> number(value) + "/s";
            case SHARE -> format("%.2f%%", value * 100);
            case TIME -> value >= 1000 ? number(value / 1000) + " s" : format("%.0f ms", value);
            case COUNT -> format("%.2f", value);
        };
    }

    /** Small numbers get a second decimal, so that a trickle does not read as nothing. */
    private static String number(double value) {
        return format(value != 0 && value < 10 ? "%.2f" : "%.1f", value);
    }

    private static String format(String pattern, double value) {
        return String.format(Locale.ROOT, pattern, value);
    }
}

package dev.stabilitylab.lab.report.html;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Numbers with no more digits than a chart can show. */
final class Compact {

    private Compact() {}

    /** To a hundredth, and without {@code .0}. */
    static @Nullable Number of(@Nullable Double value) {
        if (value == null || !Double.isFinite(value)) {
            return null;
        }
        long hundredths = Math.round(value * 100);
        return hundredths % 100 == 0 ? (Number) (hundredths / 100) : (Number) (hundredths / 100.0);
    }

    static <T> List<@Nullable Number> column(List<T> rows, Function<T, @Nullable Double> value) {
        List<@Nullable Number> column = new ArrayList<>();
        for (T row : rows) {
            column.add(of(value.apply(row)));
        }
        return column;
    }

    /** Whether there is something to draw at all. */
    static boolean isEmpty(List<@Nullable Number> column) {
        return column.stream().allMatch(number -> number == null || number.doubleValue() == 0);
    }
}

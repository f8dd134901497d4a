package dev.stabilitylab.lab.verdict;

import java.util.Collection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One figure in several runs.
 *
 * @param median the one in the middle; between the two in the middle when there are two
 * @param runs in how many runs there was such a figure, at least 1
 */
public record Spread(double median, double min, double max, int runs) {

    /**
     * The spread of what is known.
     *
     * @param figures one for each run, in any order; null for a run that has none
     * @return null when no run has one
     */
    public static @Nullable Spread of(Collection<? extends @Nullable Double> figures) {
        double[] sorted = figures.stream()
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        int count = sorted.length;
        return count == 0
                ? null
                : new Spread((sorted[(count - 1) / 2] + sorted[count / 2]) / 2, sorted[0], sorted[count - 1], count);
    }
}

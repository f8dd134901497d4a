package dev.stabilitylab.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;

/**
 * What was measured of each contestant, one value a round. Contestants are compared within a round, since the machine is not the same
 * from one round to the next.
 */
public final class Rounds {

    private final Map<String, List<Double>> values = new HashMap<>();

    /** Adds the next round's value. */
    public void add(String contestant, double value) {
        values.computeIfAbsent(contestant, absent -> new ArrayList<>()).add(value);
    }

    /** A contestant's values. */
    public Spread of(String contestant) {
        return Spread.of(values.getOrDefault(contestant, List.of()));
    }

    /** How much more it is than the other one in the same round. */
    public Spread difference(String contestant, String other) {
        return compare(contestant, other, (one, base) -> one - base);
    }

    /** How many times the other one's it is in the same round. */
    public Spread ratio(String contestant, String other) {
        return compare(contestant, other, (one, base) -> one / base);
    }

    private Spread compare(String contestant, String other, DoubleBinaryOperator operator) {
        List<Double> own = values.getOrDefault(contestant, List.of());
        List<Double> base = values.getOrDefault(other, List.of());
        return Spread.of(IntStream.range(0, Math.min(own.size(), base.size()))
                .mapToObj(round -> operator.applyAsDouble(own.get(round), base.get(round)))
                .toList());
    }

    /** Median, smallest and largest of some values. */
    public record Spread(double median, double min, double max) {

        static Spread of(List<Double> values) {
            if (values.isEmpty()) {
                throw new IllegalArgumentException("nothing was measured");
            }
            List<Double> sorted = new ArrayList<>(values);
            Collections.sort(sorted);
            int half = sorted.size() / 2;
            double median = sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
            return new Spread(median, sorted.get(0), sorted.get(sorted.size() - 1));
        }

        /** For a table: the median, and the others in brackets. */
        public String text(String format) {
            return (format + " (" + format + " to " + format + ")").formatted(median, min, max);
        }
    }
}

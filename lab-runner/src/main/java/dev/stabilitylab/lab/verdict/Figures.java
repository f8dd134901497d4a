package dev.stabilitylab.lab.verdict;

import dev.stabilitylab.lab.record.Recording;
import dev.stabilitylab.lab.script.Simulation;
import dev.stabilitylab.lab.script.Term;
import dev.stabilitylab.lab.script.Unit;
import dev.stabilitylab.lab.verdict.Figure.Known;
import dev.stabilitylab.lab.verdict.Figure.Missing;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Figures of one or more runs of the same simulation, as people read them. */
public final class Figures {

    private final List<Map<String, VariantFigures>> runs;

    private Figures(List<Map<String, VariantFigures>> runs) {
        this.runs = runs;
    }

    /**
     * Measures.
     *
     * @param simulation as it was played
     * @param runs at least one; for each the recordings of its variants
     */
    public static Figures of(Simulation simulation, List<List<Recording>> runs) {
        return new Figures(runs.stream().map(run -> measure(simulation, run)).toList());
    }

    private static Map<String, VariantFigures> measure(Simulation simulation, List<Recording> recordings) {
        Map<String, VariantFigures> figures = new LinkedHashMap<>();
        recordings.forEach(recording -> figures.put(
                recording.variant(),
                VariantFigures.of(simulation, simulation.variant(recording.variant()), recording)));
        return figures;
    }

    /**
     * Looks up a figure.
     *
     * @param variant the one that the term is about, unless it names another
     * @throws IllegalArgumentException when that variant did not run
     */
    public Reading read(Term term, String variant) {
        List<Figure> figures = runs.stream()
                .map(run -> new ExpectationCheck(variant, run).figure(term))
                .toList();
        double[] known = figures.stream()
                .flatMap(figure -> figure instanceof Known number ? Stream.of(number.value()) : Stream.empty())
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        List<String> reasons = figures.stream()
                .flatMap(figure -> figure instanceof Missing missing ? Stream.of(missing.why()) : Stream.empty())
                .toList();
        return new Reading(text(known, term.unit()), reason(reasons));
    }

    /** The median, and in brackets the lowest and the highest where they read differently. */
    private static @Nullable String text(double[] sorted, Unit unit) {
        if (sorted.length == 0) {
            return null;
        }
        double median = (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
        String lowest = FigureText.of(sorted[0], unit);
        String highest = FigureText.of(sorted[sorted.length - 1], unit);
        String middle = FigureText.of(median, unit);
        return lowest.equals(highest) ? middle : "%s (%s to %s)".formatted(middle, lowest, highest);
    }

    private @Nullable String reason(List<String> reasons) {
        if (reasons.isEmpty()) {
            return null;
        }
        String all = String.join(", and ", reasons.stream().distinct().toList());
        return runs.size() == 1 ? all : "in %d of %d runs %s".formatted(reasons.size(), runs.size(), all);
    }

    /**
     * A figure with its unit. Of several runs it is the median, followed by the lowest and the highest.
     *
     * @param text null when no run has it
     * @param whyMissing a clause for people on the runs that do not have it; null when all do
     */
    public record Reading(@Nullable String text, @Nullable String whyMissing) {}
}

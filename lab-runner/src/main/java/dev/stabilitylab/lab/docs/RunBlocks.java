package dev.stabilitylab.lab.docs;

import dev.stabilitylab.lab.docs.Directive.Expectations;
import dev.stabilitylab.lab.docs.Directive.Run;
import dev.stabilitylab.lab.docs.Directive.Table;
import dev.stabilitylab.lab.script.Simulation;
import dev.stabilitylab.lab.verdict.Figures;
import dev.stabilitylab.lab.verdict.Figures.Reading;
import dev.stabilitylab.lab.verdict.RunResult;
import dev.stabilitylab.lab.verdict.RunResult.ExpectationResult;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What blocks show of runs. */
final class RunBlocks {

    private static final String NO_FIGURE = "—";

    private final Simulation simulation;
    private final List<RunResult> results;
    private final Figures figures;

    /**
     * With what was played.
     *
     * @param simulation as it was played, that is, scaled if it was scaled
     * @param runs at least one
     */
    RunBlocks(Simulation simulation, List<PlayedRun> runs) {
        this.simulation = simulation;
        this.results = runs.stream().map(PlayedRun::result).toList();
        this.figures =
                Figures.of(simulation, runs.stream().map(PlayedRun::recordings).toList());
    }

    /** The content, or null for a directive that takes no run. */
    @Nullable
    String text(Directive directive) {
        if (directive instanceof Table table) {
            return table(table);
        }
        if (directive instanceof Expectations) {
            return expectations();
        }
        return directive instanceof Run ? RunSentence.of(results) : null;
    }

    private String table(Table table) {
        List<String> reasons = new ArrayList<>();
        String text = new Tables(simulation)
                .figures(table, (term, variant) -> cell(figures.read(term, variant), reasons))
                .text();
        List<String> below = new ArrayList<>();
        if (results.size() > 1) {
            below.add("Medians of %d runs, and in brackets the lowest and the highest.".formatted(results.size()));
        }
        IntStream.range(0, reasons.size())
                .mapToObj(i -> mark(i) + " " + reasons.get(i) + ".")
                .forEach(below::add);
        return below.isEmpty() ? text : text + "\n\n" + String.join("<br>\n", below);
    }

    /** The same reason is given once. */
    private static String cell(Reading reading, List<String> reasons) {
        String text = reading.text() == null ? NO_FIGURE : reading.text();
        if (reading.whyMissing() == null) {
            return text;
        }
        if (!reasons.contains(reading.whyMissing())) {
            reasons.add(reading.whyMissing());
        }
        return text + " " + mark(reasons.indexOf(reading.whyMissing()));
    }

    private static String mark(int index) {
        return "<sup>%d</sup>".formatted(index + 1);
    }

    private String expectations() {
        return new Tables(simulation)
                .expectations(
                        results.size() == 1 ? "measured" : "measured in the first run", (variant, expectation) -> {
                            List<ExpectationResult> ofRuns = results.stream()
                                    .map(result -> find(result, variant, expectation))
                                    .toList();
                            return List.of(ofRuns.get(0).measured(), verdict(ofRuns));
                        })
                .text();
    }

    private static ExpectationResult find(RunResult result, String variant, String expectation) {
        return result.variants().stream()
                .filter(candidate -> candidate.name().equals(variant))
                .flatMap(candidate -> candidate.expectations().stream())
                .filter(candidate -> candidate.text().equals(expectation))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("\"%s\" of %s was not checked; pages take runs of all variants"
                                .formatted(expectation, variant)));
    }

    private static String verdict(List<ExpectationResult> ofRuns) {
        long held = ofRuns.stream().filter(ExpectationResult::held).count();
        String verdict = ofRuns.size() == 1 ? held == 1 ? "yes" : "no" : "%d of %d".formatted(held, ofRuns.size());
        return held == ofRuns.size() ? verdict : "**" + verdict + "**";
    }
}

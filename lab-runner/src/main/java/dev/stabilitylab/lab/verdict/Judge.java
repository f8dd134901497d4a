package dev.stabilitylab.lab.verdict;

import dev.stabilitylab.lab.record.Recording;
import dev.stabilitylab.lab.script.Claim.BreakerState;
import dev.stabilitylab.lab.script.Expectation;
import dev.stabilitylab.lab.script.Simulation;
import dev.stabilitylab.lab.script.Simulation.Variant;
import dev.stabilitylab.lab.verdict.RunResult.ExpectationResult;
import dev.stabilitylab.lab.verdict.RunResult.VariantResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns recordings into figures, and holds the script's expectations against them. */
public final class Judge {

    private final Simulation simulation;
    private final Map<String, VariantFigures> figures = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();

    private Judge(Simulation simulation, List<Recording> recordings) {
        this.simulation = simulation;
        recordings.forEach(recording -> figures.put(
                recording.variant(),
                VariantFigures.of(simulation, simulation.variant(recording.variant()), recording)));
    }

    /**
     * Judges a run, as soon as all its variants have been recorded: expectations may compare variants.
     *
     * @param simulation as it was played, that is, scaled if it was scaled
     * @param recordings one for each variant that was played, in the order of the result
     * @param world where it ran, e.g. {@code local}
     * @param environment what it ran on: machine, JDK, versions
     * @throws IllegalArgumentException when a recording is of a variant that the simulation does not have
     */
    public static Judgement judge(
            Simulation simulation, List<Recording> recordings, String world, Map<String, Object> environment) {
        return new Judge(simulation, recordings).judge(world, environment);
    }

    private Judgement judge(String world, Map<String, Object> environment) {
        List<VariantResult> variants = new ArrayList<>();
        figures.forEach((name, measured) -> variants.add(variant(simulation.variant(name), measured)));
        boolean held = variants.stream()
                .flatMap(variant -> variant.expectations().stream())
                .allMatch(ExpectationResult::held);
        RunResult result = new RunResult(simulation.name(), world, environment, held, List.copyOf(variants));
        return new Judgement(result, List.copyOf(notes));
    }

    private VariantResult variant(Variant variant, VariantFigures measured) {
        return new VariantResult(
                variant.name(),
                measured.phases().values().stream()
                        .map(PhaseMeasurement::toFigures)
                        .toList(),
                measured.breakers().after(BreakerState.OPEN).orNull(),
                measured.breakers().after(BreakerState.CLOSED).orNull(),
                expectations(variant));
    }

    private List<ExpectationResult> expectations(Variant variant) {
        ExpectationCheck check = new ExpectationCheck(variant.name(), figures);
        List<ExpectationResult> results = new ArrayList<>();
        for (Expectation expectation : variant.expectations()) {
            Optional<String> absent = check.absentVariant(expectation);
            if (absent.isPresent()) {
                notes.add("\"%s\" of %s was not checked: the variant %s did not run."
                        .formatted(expectation.text(), variant.name(), absent.get()));
            } else {
                results.add(check.check(expectation));
            }
        }
        return List.copyOf(results);
    }
}

package dev.stabilitylab.lab.verdict;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.stabilitylab.lab.verdict.RunResult.PhaseFigures;
import dev.stabilitylab.lab.verdict.RunResult.VariantResult;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of several runs of a simulation, and the shape of {@code repeats.json}. A figure that exists in no run is null.
 *
 * @param simulation the script's name
 * @param world where they ran, e.g. {@code local}
 * @param environment what the first one ran on
 * @param runs how many
 * @param held whether every expectation held in at least nine tenths of the runs
 */
public record RepeatedResult(
        String simulation,
        String world,
        Map<String, Object> environment,
        int runs,
        boolean held,
        List<VariantSpread> variants) {

    /**
     * Sums up.
     *
     * @param runs at least one, all of the same simulation with the same variants
     */
    public static RepeatedResult of(List<RunResult> runs) {
        RunResult first = runs.get(0);
        List<VariantSpread> variants = IntStream.range(0, first.variants().size())
                .mapToObj(i -> VariantSpread.of(
                        runs.stream().map(run -> run.variants().get(i)).toList()))
                .toList();
        boolean held = variants.stream()
                .flatMap(variant -> variant.expectations().stream())
                .allMatch(HeldCount::suffices);
        return new RepeatedResult(first.simulation(), first.world(), first.environment(), runs.size(), held, variants);
    }

    /** Of all variants, in their order. */
    public List<HeldCount> expectations() {
        return variants.stream()
                .flatMap(variant -> variant.expectations().stream())
                .toList();
    }

    /** How many expectations held in enough of the runs. */
    public int expectationsHeld() {
        return (int) expectations().stream().filter(HeldCount::suffices).count();
    }

    /**
     * How one variant fared.
     *
     * @param breakersOpenAfterMs as in {@link VariantResult}, of the runs in which that happened
     * @param breakersClosedAfterMs as in {@link VariantResult}, of the runs in which that happened
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record VariantSpread(
            String name,
            List<PhaseSpread> phases,
            @Nullable Spread breakersOpenAfterMs,
            @Nullable Spread breakersClosedAfterMs,
            List<HeldCount> expectations) {

        private static VariantSpread of(List<VariantResult> runs) {
            VariantResult first = runs.get(0);
            return new VariantSpread(
                    first.name(),
                    IntStream.range(0, first.phases().size())
                            .mapToObj(i -> PhaseSpread.of(runs.stream()
                                    .map(run -> run.phases().get(i))
                                    .toList()))
                            .toList(),
                    spread(runs, VariantResult::breakersOpenAfterMs),
                    spread(runs, VariantResult::breakersClosedAfterMs),
                    IntStream.range(0, first.expectations().size())
                            .mapToObj(i -> HeldCount.of(runs.stream()
                                    .map(run -> run.expectations().get(i))
                                    .toList()))
                            .toList());
        }
    }

    /** The figures of one phase, each as in {@link PhaseFigures}. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record PhaseSpread(
            String name,
            Spread rate,
            @Nullable Spread availability,
            @Nullable Spread degraded,
            @Nullable Spread p50Ms,
            @Nullable Spread p99Ms,
            @Nullable Spread maxMs,
            @Nullable Spread attemptsPerPage) {

        private static PhaseSpread of(List<PhaseFigures> runs) {
            return new PhaseSpread(
                    runs.get(0).name(),
                    Objects.requireNonNull(spread(runs, PhaseFigures::rate)),
                    spread(runs, PhaseFigures::availability),
                    spread(runs, PhaseFigures::degraded),
                    spread(runs, PhaseFigures::p50Ms),
                    spread(runs, PhaseFigures::p99Ms),
                    spread(runs, PhaseFigures::maxMs),
                    spread(runs, PhaseFigures::attemptsPerPage));
        }

        /**
         * One number of each spread, in the shape of a single run's figures.
         *
         * @param number e.g. {@code Spread::median}
         */
        public PhaseFigures pick(Function<Spread, Double> number) {
            return new PhaseFigures(
                    name,
                    number.apply(rate),
                    pick(availability, number),
                    pick(degraded, number),
                    pick(p50Ms, number),
                    pick(p99Ms, number),
                    pick(maxMs, number),
                    pick(attemptsPerPage, number));
        }

        private static @Nullable Double pick(@Nullable Spread spread, Function<Spread, Double> number) {
            return spread == null ? null : number.apply(spread);
        }
    }

    /**
     * In how many runs an expectation held.
     *
     * @param text the script's words
     * @param runs in how many it was checked
     */
    public record HeldCount(String text, int held, int runs) {

        private static HeldCount of(List<RunResult.ExpectationResult> runs) {
            long held = runs.stream().filter(RunResult.ExpectationResult::held).count();
            return new HeldCount(runs.get(0).text(), (int) held, runs.size());
        }

        /** In how many of so many runs it has to hold, nine tenths: a machine that was busy for a moment must not decide. */
        public static int enoughOf(int runs) {
            return (9 * runs + 9) / 10;
        }

        /** Whether it held in enough of them. */
        public boolean suffices() {
            return held >= enoughOf(runs);
        }
    }

    private static <T> @Nullable Spread spread(List<T> runs, Function<T, @Nullable Double> figure) {
        return Spread.of(runs.stream().map(figure).toList());
    }
}

package dev.stabilitylab.lab.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stabilitylab.lab.verdict.RepeatedResult.HeldCount;
import dev.stabilitylab.lab.verdict.RepeatedResult.PhaseSpread;
import dev.stabilitylab.lab.verdict.RepeatedResult.VariantSpread;
import dev.stabilitylab.lab.verdict.RunResult.ExpectationResult;
import dev.stabilitylab.lab.verdict.RunResult.PhaseFigures;
import dev.stabilitylab.lab.verdict.RunResult.VariantResult;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepeatedResultTest {

    @Test
    void spreadsEveryFigureOverTheRuns() {
        RepeatedResult result = RepeatedResult.of(List.of(run(1, 80, 400.0, true), run(2, 90, null, true)));

        VariantSpread variant = result.variants().get(0);
        PhaseSpread phase = variant.phases().get(0);
        assertThat(result.runs()).isEqualTo(2);
        assertThat(result.environment()).containsEntry("seed", 1);
        assertThat(phase.rate()).isEqualTo(new Spread(85, 80, 90, 2));
        assertThat(phase.p99Ms()).isNull();
        assertThat(variant.breakersOpenAfterMs()).isEqualTo(new Spread(400, 400, 400, 1));
        assertThat(variant.breakersClosedAfterMs()).isNull();
    }

    @Test
    void picksOneNumberOfEachSpread() {
        PhaseSpread phase = RepeatedResult.of(List.of(run(1, 80, null, true), run(2, 90, null, true)))
                .variants()
                .get(0)
                .phases()
                .get(0);

        assertThat(phase.pick(Spread::max)).isEqualTo(new PhaseFigures("before", 90, 1.0, 0.0, 5.0, null, 7.0, 1.5));
    }

    @Test
    void countsInHowManyRunsAnExpectationHeld() {
        RepeatedResult result =
                RepeatedResult.of(List.of(run(1, 1, null, true), run(2, 1, null, false), run(3, 1, null, true)));

        assertThat(result.expectations()).containsExactly(new HeldCount("rate in before > 1/s", 2, 3));
        assertThat(result.expectationsHeld()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "10, 10, true",
        "9, 10, true",
        "8, 10, false",
        "1, 2, false",
        "8, 9, false",
        "18, 20, true",
        "17, 20, false"
    })
    void holdsWhatHeldInNineTenthsOfTheRuns(int held, int runs, boolean enough) {
        RepeatedResult result = RepeatedResult.of(IntStream.range(0, runs)
                .mapToObj(i -> run(i, 1, null, i < held))
                .toList());

        assertThat(result.held()).isEqualTo(enough);
    }

    private static RunResult run(int seed, double rate, @Nullable Double openAfter, boolean held) {
        return new RunResult(
                "test",
                "local",
                Map.of("seed", seed),
                held,
                List.of(new VariantResult(
                        "first",
                        List.of(new PhaseFigures("before", rate, 1.0, 0.0, 5.0, null, 7.0, 1.5)),
                        openAfter,
                        null,
                        List.of(new ExpectationResult("rate in before > 1/s", held, "m")))));
    }
}

package dev.stabilitylab.lab.report.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stabilitylab.lab.verdict.RepeatedResult;
import dev.stabilitylab.lab.verdict.RunResult;
import dev.stabilitylab.lab.verdict.RunResult.ExpectationResult;
import dev.stabilitylab.lab.verdict.RunResult.PhaseFigures;
import dev.stabilitylab.lab.verdict.RunResult.VariantResult;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RepeatReportTest {

    private static final Terminal EIGHTY = new Terminal(true, false, true, 80);

    private final RepeatedResult result = RepeatedResult.of(
            List.of(run(85, 143.0, 3420.0, true), run(5, null, null, false), run(80, 120.5, 900.0, true)));

    @Test
    void showsMediansWithTheLowestAndTheHighestBelowAndHowOftenExpectationsHeld() throws IOException {
        assertThat(print(EIGHTY)).isEqualTo("""
                Medians of 3 runs
                                 pages/s  available  degraded  p50 ms  p99 ms  max ms  att./page
                fail-fast
                  first seconds     80.0   100.00 %         –       –     132       –       1.00
                    lowest           5.0   100.00 %         –       –     121       –       1.00
                    highest         85.0   100.00 %         –       –     143       –       1.00
                  breakers open after 2.16 s (0.90 s..3.42 s), in 2 of 3 runs
                  breakers closed after –

                fail-fast
                  ✗ rate in first seconds > 10/s                              held 2 of 3
                  ✓ every breaker closed                                      held 3 of 3

                ✗ outage fell short: 1 of 2 expectations held.
                  (An expectation holds when it does in at least 3 of 3 runs.)
                """);
    }

    @Test
    void printsNothingButAsciiWhereNothingElseArrives() throws IOException {
        assertThat(print(Terminal.plain())).matches("\\p{ASCII}*").contains("[ok] ", "[no] ", "closed after -");
    }

    private static RunResult run(double rate, @Nullable Double p99, @Nullable Double openAfter, boolean fast) {
        return new RunResult(
                "outage",
                "local",
                Map.of(),
                fast,
                List.of(new VariantResult(
                        "fail-fast",
                        List.of(new PhaseFigures("first seconds", rate, 1.0, null, null, p99, null, 1.0)),
                        openAfter,
                        null,
                        List.of(
                                new ExpectationResult("rate in first seconds > 10/s", fast, "m"),
                                new ExpectationResult("every breaker closed", true, "m")))));
    }

    private String print(Terminal terminal) throws IOException {
        StringBuilder out = new StringBuilder();
        new RepeatReport(terminal).print(result, out);
        return out.toString();
    }
}

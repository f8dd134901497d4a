package dev.stabilitylab.lab.report.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stabilitylab.lab.report.SyntheticRun;
import dev.stabilitylab.lab.verdict.RunResult;
import dev.stabilitylab.lab.verdict.RunResult.ExpectationResult;
import dev.stabilitylab.lab.verdict.RunResult.PhaseFigures;
import dev.stabilitylab.lab.verdict.RunResult.VariantResult;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConsoleReportTest {

    private static final Terminal UNICODE = new Terminal(false, false, true, 100);

    @Test
    void alignsFiguresAndEndsWithTheVerdict() throws IOException {
        String printed = print(SyntheticRun.of("t", 2, Duration.ofSeconds(12)).result(), UNICODE);

        assertThat(printed).isEqualTo("""
                                          pages/s  available  degraded    p50 ms    p99 ms    max ms  attempts/page
                        retries-only
                          before             85.0   100.00 %    0.00 %      88.4       143       201           1.00
                          first seconds       5.0    98.20 %   91.00 %      1205      2890      3013           3.90
                          outage              6.0    99.71 %  100.00 %      48.1      99.7      1400           0.02
                          after              76.0          –         –         –         –         –              –
                          breakers open after –, closed after –
                        breaker-outside-retry
                          before             85.0   100.00 %    0.00 %      88.4       143       201           1.00
                          first seconds       5.0    98.20 %   91.00 %      1205      2890      3013           3.90
                          outage            160.0    99.71 %  100.00 %      48.1      99.7      1400           0.02
                          after              76.0          –         –         –         –         –              –
                          breakers open after 3.42 s, closed after 2.11 s

                        retries-only
                          ✓ rate in first seconds < 0.25 x rate in before             5.0 < 21.3
                          ✓ availability in outage >= 0.99                            0.9971 >= 0.99
                        breaker-outside-retry
                          ✓ rate in first seconds < 0.25 x rate in before             5.0 < 21.3
                          ✓ availability in outage >= 0.99                            0.9971 >= 0.99

                        ✓ outage held: 4 of 4 expectations held.
                        """);
    }

    @Test
    void printsNothingButAsciiWhereNothingElseArrives() throws IOException {
        String printed = print(SyntheticRun.typical().result(), Terminal.plain());

        assertThat(printed).matches("\\p{ASCII}*").contains("[ok] ", "[no] ", "closed after -", "outage fell short");
    }

    @Test
    void staysWithinAHundredColumns() throws IOException {
        RunResult result = result(
                "name ".repeat(40),
                new PhaseFigures("a phase with a very long name", 123456.7, 1.0, 1.0, 123456.7, 99999.0, 99999.0, 64.0),
                new ExpectationResult(
                        "rate in outage > 0.5 x rate in before and ".repeat(6), false, "1 > 2, ".repeat(30)));

        assertThat(print(result, UNICODE).lines())
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    }

    @Test
    void movesItsColumnsCloserOnATerminalOfEightyColumns() throws IOException {
        Terminal narrow = new Terminal(true, false, true, 80);

        String printed = print(SyntheticRun.of("t", 1, Duration.ofSeconds(12)).result(), narrow);

        assertThat(printed).startsWith("""
                                 pages/s  available  degraded  p50 ms  p99 ms  max ms  att./page
                retries-only
                  before            85.0   100.00 %    0.00 %    88.4     143     201       1.00
                """);
        assertThat(printed.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    }

    @Test
    void alignsNamesInOtherScripts() throws IOException {
        RunResult chinese = result(
                "v",
                new PhaseFigures("故障前", 1, null, null, null, null, null, null),
                new ExpectationResult("t", true, "m"));

        List<String> lines = print(chinese, UNICODE).lines().toList();

        assertThat(Text.width(lines.get(2))).isEqualTo(Text.width(lines.get(0)));
    }

    @Test
    void neverRoundsUpToAllOrDownToNone() throws IOException {
        RunResult result = result(
                "v",
                new PhaseFigures("p", 1, 0.99999, 0.00001, null, null, null, null),
                new ExpectationResult("t", true, "m"));

        assertThat(print(result, UNICODE)).contains("99.99 %", "0.01 %");
    }

    @Test
    void coloursOnATerminalOnly() throws IOException {
        RunResult result = SyntheticRun.typical().result();

        assertThat(print(result, new Terminal(true, true, true, 100))).contains("\u001b[32m✓\u001b[0m");
        assertThat(print(result, new Terminal(true, false, true, 100))).doesNotContain("\u001b");
    }

    @Test
    void doesNotObeyEscapesInNames() throws IOException {
        RunResult hostile = result(
                "\u001b[2J",
                new PhaseFigures("\u001b]0;x\u0007", 1, null, null, null, null, null, null),
                new ExpectationResult("a\u001bb", true, "c\nd"));

        assertThat(print(hostile, UNICODE)).doesNotContain("\u001b", "\u0007");
    }

    private static RunResult result(String variant, PhaseFigures phase, ExpectationResult expectation) {
        return new RunResult(
                "s",
                "local",
                Map.of(),
                expectation.held(),
                List.of(new VariantResult(variant, List.of(phase), null, null, List.of(expectation))));
    }

    private static String print(RunResult result, Terminal terminal) throws IOException {
        StringBuilder out = new StringBuilder();
        new ConsoleReport(terminal).print(result, out);
        return out.toString();
    }
}

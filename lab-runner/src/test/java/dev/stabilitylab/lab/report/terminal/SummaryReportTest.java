package dev.stabilitylab.lab.report.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stabilitylab.lab.report.terminal.SummaryReport.Row;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SummaryReportTest {

    private static final List<Row> ROWS = List.of(
            new Row("outage", true, "22 of 22", Duration.ofSeconds(215), "out/outage"),
            new Row("blackhole", false, "could not run", Duration.ofSeconds(3), "out/blackhole"));

    @Test
    void givesEachScriptALine() throws IOException {
        assertThat(print(new Terminal(true, false, true, 80))).isEqualTo("""
                                      held         took  report
                ✓ outage          22 of 22   3 min 35 s  out/outage
                ✗ blackhole  could not run          3 s  out/blackhole
                """);
    }

    @Test
    void printsNothingButAsciiWhereNothingElseArrives() throws IOException {
        assertThat(print(Terminal.plain())).isEqualTo("""
                                         held         took  report
                [ok] outage          22 of 22   3 min 35 s  out/outage
                [no] blackhole  could not run          3 s  out/blackhole
                """);
    }

    private static String print(Terminal terminal) throws IOException {
        StringBuilder out = new StringBuilder();
        new SummaryReport(terminal).print(ROWS, out);
        return out.toString();
    }
}

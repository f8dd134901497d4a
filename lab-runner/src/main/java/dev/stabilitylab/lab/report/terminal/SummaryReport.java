package dev.stabilitylab.lab.report.terminal;

import dev.stabilitylab.lab.report.terminal.Terminal.Ink;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** What came of several scripts, a line each. */
public final class SummaryReport {

    private final Terminal terminal;
    private final Figures figures;

    /** For a terminal, or for a file with {@link Terminal#plain()}. */
    public SummaryReport(Terminal terminal) {
        this.terminal = terminal;
        this.figures = new Figures(terminal.missing());
    }

    /** Prints a header and the scripts. */
    public void print(List<Row> rows, Appendable out) throws IOException {
        int scriptColumns = columns(rows.stream().map(Row::script).toList());
        int outcomeColumns = columns(rows.stream().map(Row::outcome).toList());
        int markColumns = terminal.unicode() ? 1 : 4;
        String header = "%s %s  %s  %s  report"
                .formatted(
                        " ".repeat(markColumns),
                        " ".repeat(scriptColumns),
                        Text.right("held", outcomeColumns),
                        Text.right("took", Figures.SPAN_COLUMNS));
        out.append(terminal.paint(Ink.FAINT, header)).append('\n');
        for (Row row : rows) {
            out.append("%s %s  %s  %s  %s"
                            .formatted(
                                    terminal.mark(row.held()),
                                    Text.left(Text.clean(row.script()), scriptColumns),
                                    Text.right(Text.clean(row.outcome()), outcomeColumns),
                                    Text.right(figures.span(row.took()), Figures.SPAN_COLUMNS),
                                    Text.clean(row.report())))
                    .append('\n');
        }
    }

    private static int columns(List<String> texts) {
        return texts.stream()
                .mapToInt(text -> Text.width(Text.clean(text)))
                .max()
                .orElse(0);
    }

    /**
     * A script.
     *
     * @param held whether it was played and every expectation held
     * @param outcome in a word or two, e.g. {@code 11 of 12}
     * @param report where the report is; empty for none
     */
    public record Row(String script, boolean held, String outcome, Duration took, String report) {}
}

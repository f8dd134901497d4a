package dev.stabilitylab.lab.report.terminal;

import dev.stabilitylab.lab.report.terminal.Terminal.Ink;
import dev.stabilitylab.lab.verdict.RunResult.PhaseFigures;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Figures of phases, a line each, aligned. Where there is little room, its columns move closer. */
final class PhaseTable {

    private static final int LONGEST_LABEL = 20;
    private static final String INDENT = "  ";
    private static final List<Column> COLUMNS = List.of(
            new Column("pages/s", 8, "pages/s", 7, (figures, phase) -> figures.rate(phase.rate())),
            new Column("available", 9, "available", 9, (figures, phase) -> figures.share(phase.availability())),
            new Column("degraded", 8, "degraded", 8, (figures, phase) -> figures.share(phase.degraded())),
            new Column("p50 ms", 8, "p50 ms", 6, (figures, phase) -> figures.millis(phase.p50Ms())),
            new Column("p99 ms", 8, "p99 ms", 6, (figures, phase) -> figures.millis(phase.p99Ms())),
            new Column("max ms", 8, "max ms", 6, (figures, phase) -> figures.millis(phase.maxMs())),
            new Column(
                    "attempts/page",
                    13,
                    "att./page",
                    9,
                    (figures, phase) -> figures.attempts(phase.attemptsPerPage())));

    private final Terminal terminal;
    private final Figures figures;
    private final int labelColumns;
    private final boolean narrow;
    private final String gap;

    /** For rows with these labels. */
    PhaseTable(Terminal terminal, List<String> labels) {
        this.terminal = terminal;
        this.figures = new Figures(terminal.missing());
        this.labelColumns = labels.stream()
                .mapToInt(label -> Math.min(LONGEST_LABEL, Text.width(Text.clean(label))))
                .max()
                .orElse(0);
        this.narrow = width(false, 2) > terminal.room();
        this.gap = " ".repeat(narrow && width(true, 2) > terminal.room() ? 1 : 2);
    }

    private int width(boolean narrow, int gap) {
        return INDENT.length()
                + labelColumns
                + COLUMNS.stream()
                        .mapToInt(column -> gap + column.width(narrow))
                        .sum();
    }

    String header() {
        return terminal.paint(Ink.FAINT, line("", column -> column.title(narrow)));
    }

    /** The line above the rows of a variant. */
    String variant(String name) {
        return terminal.paint(Ink.STRONG, Text.cut(Text.clean(name), terminal.room() - 2, terminal.unicode()));
    }

    String row(String label, PhaseFigures phase) {
        return line(label, column -> column.value().apply(figures, phase));
    }

    private String line(String label, Function<Column, String> cell) {
        String cut = Text.cut(Text.clean(label), labelColumns, terminal.unicode());
        return COLUMNS.stream()
                .map(column -> gap + Text.right(cell.apply(column), column.width(narrow)))
                .collect(Collectors.joining("", INDENT + Text.left(cut, labelColumns), ""));
    }

    private record Column(
            String wideTitle,
            int wideWidth,
            String narrowTitle,
            int narrowWidth,
            BiFunction<Figures, PhaseFigures, String> value) {

        String title(boolean narrow) {
            return narrow ? narrowTitle : wideTitle;
        }

        int width(boolean narrow) {
            return narrow ? narrowWidth : wideWidth;
        }
    }
}

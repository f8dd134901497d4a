package dev.stabilitylab.lab.report.terminal;

import dev.stabilitylab.lab.report.terminal.Terminal.Ink;
import dev.stabilitylab.lab.verdict.RunResult.PhaseFigures;
import dev.stabilitylab.lab.verdict.RunResult.VariantResult;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** Variants by phase, a line each, aligned. */
final class PhaseTable {

    private static final int LONGEST_PHASE = 20;
    private static final List<Column> COLUMNS = List.of(
            new Column("pages/s", 8, (figures, phase) -> figures.rate(phase.rate())),
            new Column("available", 9, (figures, phase) -> figures.share(phase.availability())),
            new Column("degraded", 8, (figures, phase) -> figures.share(phase.degraded())),
            new Column("p50 ms", 8, (figures, phase) -> figures.millis(phase.p50Ms())),
            new Column("p99 ms", 8, (figures, phase) -> figures.millis(phase.p99Ms())),
            new Column("max ms", 8, (figures, phase) -> figures.millis(phase.maxMs())),
            new Column("attempts/page", 13, (figures, phase) -> figures.attempts(phase.attemptsPerPage())));

    private final Terminal terminal;
    private final Figures figures;

    PhaseTable(Terminal terminal) {
        this.terminal = terminal;
        this.figures = new Figures(terminal.missing());
    }

    List<String> lines(List<VariantResult> variants) {
        int nameColumns = variants.stream()
                .flatMap(variant -> variant.phases().stream())
                .mapToInt(phase -> Math.min(LONGEST_PHASE, Text.width(Text.clean(phase.name()))))
                .max()
                .orElse(0);
        List<String> lines = new ArrayList<>();
        lines.add(terminal.paint(Ink.FAINT, header(nameColumns)));
        for (VariantResult variant : variants) {
            lines.add(terminal.paint(Ink.STRONG, Text.cut(Text.clean(variant.name()), 98, terminal.unicode())));
            variant.phases().forEach(phase -> lines.add(row(phase, nameColumns)));
            lines.add("  breakers open after %s, closed after %s"
                    .formatted(
                            figures.seconds(variant.breakersOpenAfterMs()),
                            figures.seconds(variant.breakersClosedAfterMs())));
        }
        return lines;
    }

    private static String header(int nameColumns) {
        StringBuilder line = new StringBuilder("  " + " ".repeat(nameColumns));
        COLUMNS.forEach(column -> line.append("  ").append(Text.right(column.title(), column.width())));
        return line.toString();
    }

    private String row(PhaseFigures phase, int nameColumns) {
        String name = Text.cut(Text.clean(phase.name()), nameColumns, terminal.unicode());
        StringBuilder line = new StringBuilder("  " + Text.left(name, nameColumns));
        COLUMNS.forEach(column ->
                line.append("  ").append(Text.right(column.value().apply(figures, phase), column.width())));
        return line.toString();
    }

    private record Column(String title, int width, BiFunction<Figures, PhaseFigures, String> value) {}
}

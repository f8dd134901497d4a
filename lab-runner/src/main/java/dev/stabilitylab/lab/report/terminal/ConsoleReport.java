package dev.stabilitylab.lab.report.terminal;

import dev.stabilitylab.lab.verdict.RunResult;
import dev.stabilitylab.lab.verdict.RunResult.PhaseFigures;
import dev.stabilitylab.lab.verdict.RunResult.VariantResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The outcome of a run as text of at most 100 columns: the figures of every variant by phase, then the verdict. */
public final class ConsoleReport {

    private final Figures figures;
    private final Terminal terminal;
    private final ExpectationLines expectations;

    /** For a terminal, or for a file with {@link Terminal#plain()}. */
    public ConsoleReport(Terminal terminal) {
        this.terminal = terminal;
        this.figures = new Figures(terminal.missing());
        this.expectations = new ExpectationLines(terminal);
    }

    /** Prints the table, an empty line, and the verdict. */
    public void print(RunResult result, Appendable out) throws IOException {
        List<String> lines = new ArrayList<>(table(result));
        lines.add("");
        for (VariantResult variant : result.variants()) {
            if (!variant.expectations().isEmpty()) {
                lines.add(expectations.variant(variant.name()));
                variant.expectations()
                        .forEach(expectation -> lines.addAll(expectations.expectation(
                                expectation.held(), expectation.text(), expectation.measured())));
            }
        }
        lines.add("");
        lines.add(verdict(result));
        for (String line : lines) {
            out.append(line).append('\n');
        }
    }

    private List<String> table(RunResult result) {
        PhaseTable table = new PhaseTable(
                terminal,
                result.variants().stream()
                        .flatMap(variant -> variant.phases().stream())
                        .map(PhaseFigures::name)
                        .toList());
        List<String> lines = new ArrayList<>();
        lines.add(table.header());
        for (VariantResult variant : result.variants()) {
            lines.add(table.variant(variant.name()));
            variant.phases().forEach(phase -> lines.add(table.row(phase.name(), phase)));
            lines.add("  breakers open after %s, closed after %s"
                    .formatted(
                            figures.seconds(variant.breakersOpenAfterMs()),
                            figures.seconds(variant.breakersClosedAfterMs())));
        }
        return lines;
    }

    private String verdict(RunResult result) {
        return expectations.verdict(
                result.simulation(),
                result.held(),
                "%d of %d expectations held"
                        .formatted(
                                result.expectationsHeld(), result.expectations().size()));
    }
}

package dev.stabilitylab.lab.report.terminal;

import dev.stabilitylab.lab.report.terminal.Terminal.Ink;
import dev.stabilitylab.lab.verdict.RepeatedResult;
import dev.stabilitylab.lab.verdict.RepeatedResult.HeldCount;
import dev.stabilitylab.lab.verdict.RepeatedResult.PhaseSpread;
import dev.stabilitylab.lab.verdict.RepeatedResult.VariantSpread;
import dev.stabilitylab.lab.verdict.Spread;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of several runs as text of at most 100 columns: of every variant and phase the medians, with the lowest and the
 * highest figures below them, then how often each expectation held.
 */
public final class RepeatReport {

    private static final String LOWEST = "  lowest";
    private static final String HIGHEST = "  highest";

    private final Terminal terminal;
    private final Figures figures;
    private final ExpectationLines expectations;

    /** For a terminal, or for a file with {@link Terminal#plain()}. */
    public RepeatReport(Terminal terminal) {
        this.terminal = terminal;
        this.figures = new Figures(terminal.missing());
        this.expectations = new ExpectationLines(terminal);
    }

    /** Prints the table, an empty line, and the verdict. */
    public void print(RepeatedResult result, Appendable out) throws IOException {
        List<String> lines = new ArrayList<>(table(result));
        lines.add("");
        for (VariantSpread variant : result.variants()) {
            if (!variant.expectations().isEmpty()) {
                lines.add(expectations.variant(variant.name()));
                variant.expectations()
                        .forEach(expectation -> lines.addAll(expectations.expectation(
                                expectation.suffices(), expectation.text(), heldOften(expectation))));
            }
        }
        lines.add("");
        lines.add(verdict(result));
        lines.add("  (An expectation holds when it does in at least %d of %d runs.)"
                .formatted(HeldCount.enoughOf(result.runs()), result.runs()));
        for (String line : lines) {
            out.append(line).append('\n');
        }
    }

    private List<String> table(RepeatedResult result) {
        PhaseTable table = new PhaseTable(
                terminal,
                Stream.concat(
                                Stream.of(LOWEST, HIGHEST),
                                result.variants().stream()
                                        .flatMap(variant -> variant.phases().stream())
                                        .map(PhaseSpread::name))
                        .toList());
        List<String> lines = new ArrayList<>();
        lines.add("Medians of %d runs".formatted(result.runs()));
        lines.add(table.header());
        for (VariantSpread variant : result.variants()) {
            lines.add(table.variant(variant.name()));
            for (PhaseSpread phase : variant.phases()) {
                lines.add(table.row(phase.name(), phase.pick(Spread::median)));
                lines.add(terminal.paint(Ink.FAINT, table.row(LOWEST, phase.pick(Spread::min))));
                lines.add(terminal.paint(Ink.FAINT, table.row(HIGHEST, phase.pick(Spread::max))));
            }
            lines.add("  breakers open after " + seconds(variant.breakersOpenAfterMs(), result.runs()));
            lines.add("  breakers closed after " + seconds(variant.breakersClosedAfterMs(), result.runs()));
        }
        return lines;
    }

    /** What did not happen in some of the runs says in how many it did. */
    private String seconds(@Nullable Spread spread, int runs) {
        if (spread == null) {
            return terminal.missing();
        }
        String happened = spread.runs() == runs ? "" : ", in %d of %d runs".formatted(spread.runs(), runs);
        return "%s (%s..%s)%s"
                .formatted(
                        figures.seconds(spread.median()),
                        figures.seconds(spread.min()),
                        figures.seconds(spread.max()),
                        happened);
    }

    private static String heldOften(HeldCount expectation) {
        return "held %d of %d".formatted(expectation.held(), expectation.runs());
    }

    private String verdict(RepeatedResult result) {
        return expectations.verdict(
                result.simulation(),
                result.held(),
                "%d of %d expectations held"
                        .formatted(
                                result.expectationsHeld(), result.expectations().size()));
    }
}

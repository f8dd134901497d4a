package dev.stabilitylab.lab.report.terminal;

import dev.stabilitylab.lab.report.terminal.Terminal.Ink;
import dev.stabilitylab.lab.verdict.RunResult;
import dev.stabilitylab.lab.verdict.RunResult.ExpectationResult;
import dev.stabilitylab.lab.verdict.RunResult.VariantResult;
import java.io.IOException;
import java.util.List;

/** The outcome of a run as text of at most 100 columns: the figures of every variant by phase, then the verdict. */
public final class ConsoleReport {

    private static final int COLUMNS = 100;

    private final Terminal terminal;
    private final PhaseTable table;

    /** For a terminal, or for a file with {@link Terminal#plain()}. */
    public ConsoleReport(Terminal terminal) {
        this.terminal = terminal;
        this.table = new PhaseTable(terminal);
    }

    /** Prints the table, an empty line, and the verdict. */
    public void print(RunResult result, Appendable out) throws IOException {
        for (String line : table.lines(result.variants())) {
            out.append(line).append('\n');
        }
        out.append('\n');
        printVerdict(result, out);
    }

    private void printVerdict(RunResult result, Appendable out) throws IOException {
        for (VariantResult variant : result.variants()) {
            if (variant.expectations().isEmpty()) {
                continue;
            }
            String name = Text.cut(Text.clean(variant.name()), COLUMNS, terminal.unicode());
            out.append(name).append('\n');
            for (ExpectationResult expectation : variant.expectations()) {
                print(expectation, out);
            }
        }
        long all = expectations(result).size();
        long held =
                expectations(result).stream().filter(ExpectationResult::held).count();
        String verdict = result.held() ? "held" : "fell short";
        out.append('\n')
                .append(terminal.mark(result.held()))
                .append(' ')
                .append(terminal.paint(
                        Ink.STRONG, Text.cut(Text.clean(result.simulation()), 50, terminal.unicode()) + " " + verdict))
                .append(": %d of %d expectations held.".formatted(held, all))
                .append('\n');
    }

    private void print(ExpectationResult expectation, Appendable out) throws IOException {
        String mark = terminal.mark(expectation.held());
        String indent = " ".repeat(terminal.unicode() ? 4 : 7);
        int room = COLUMNS - indent.length();
        String text = Text.clean(expectation.text());
        String measured = Text.clean(expectation.measured());
        out.append("  ").append(mark).append(' ');
        if (Text.width(text) + 2 + Text.width(measured) <= room) {
            out.append(Text.left(text, Math.min(56, room - 2 - Text.width(measured))))
                    .append("  ")
                    .append(terminal.paint(Ink.FAINT, measured))
                    .append('\n');
            return;
        }
        out.append(String.join("\n" + indent, Text.wrap(text, room))).append('\n');
        for (String line : Text.wrap(measured, room)) {
            out.append(indent).append(terminal.paint(Ink.FAINT, line)).append('\n');
        }
    }

    private static List<ExpectationResult> expectations(RunResult result) {
        return result.variants().stream()
                .flatMap(variant -> variant.expectations().stream())
                .toList();
    }
}

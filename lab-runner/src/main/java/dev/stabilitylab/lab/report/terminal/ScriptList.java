package dev.stabilitylab.lab.report.terminal;

import dev.stabilitylab.lab.report.terminal.Terminal.Ink;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Scripts, a line each. On a terminal long titles go on below, in a pipe they stay on their line. */
public final class ScriptList {

    private static final int VARIANTS_COLUMNS = 8;
    private static final int SHORTEST_TITLE = 20;

    private final Terminal terminal;
    private final Figures figures;

    /** For a terminal, or for a file with {@link Terminal#plain()}. */
    public ScriptList(Terminal terminal) {
        this.terminal = terminal;
        this.figures = new Figures(terminal.missing());
    }

    /** Prints a header and the scripts. */
    public void print(List<Entry> scripts, Appendable out) throws IOException {
        int nameColumns = scripts.stream()
                .mapToInt(script -> Text.width(Text.clean(script.name())))
                .max()
                .orElse(0);
        String header = line("", nameColumns, "variants", "takes") + "title";
        out.append(terminal.paint(Ink.FAINT, header)).append('\n');
        for (Entry script : scripts) {
            Duration takes = script.takes();
            String start = line(
                    Text.clean(script.name()),
                    nameColumns,
                    takes == null ? terminal.missing() : String.valueOf(script.variants()),
                    takes == null ? terminal.missing() : figures.span(takes));
            String indent = "\n" + " ".repeat(Text.width(start));
            out.append(start)
                    .append(String.join(indent, wrapped(Text.clean(script.title()), Text.width(start))))
                    .append('\n');
        }
    }

    private static String line(String name, int nameColumns, String variants, String takes) {
        return "%s  %s  %s  "
                .formatted(
                        Text.left(name, nameColumns),
                        Text.right(variants, VARIANTS_COLUMNS),
                        Text.right(takes, Figures.SPAN_COLUMNS));
    }

    private List<String> wrapped(String title, int taken) {
        return terminal.interactive()
                ? Text.wrap(title, Math.max(SHORTEST_TITLE, terminal.columns() - taken))
                : List.of(title);
    }

    /**
     * A script.
     *
     * @param takes how long all its variants take; null when the script cannot be read, with the reason as its title
     */
    public record Entry(String name, int variants, @Nullable Duration takes, String title) {}
}

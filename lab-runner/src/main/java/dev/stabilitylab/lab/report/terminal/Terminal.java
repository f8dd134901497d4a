package dev.stabilitylab.lab.report.terminal;

/**
 * What the place that is printed to can do.
 *
 * @param interactive whether a person watches, so that lines may be drawn over
 * @param colour whether to use colours; only ever true when interactive
 * @param unicode whether characters beyond ASCII arrive
 * @param columns width in characters
 */
public record Terminal(boolean interactive, boolean colour, boolean unicode, int columns) {

    static final int DEFAULT_COLUMNS = 80;

    private static final int LEAST_ROOM = 60;
    private static final int MOST_ROOM = 100;
    private static final String ESCAPE = "\u001b[";

    /** Neither lines drawn over, nor colours, nor anything but ASCII: right for every file and pipe. */
    public static Terminal plain() {
        return new Terminal(false, false, false, DEFAULT_COLUMNS);
    }

    /** The terminal of this process's standard output, by environment, locale and {@code stty}. */
    public static Terminal standardOutput() {
        return new TerminalDetection(System.getenv(), System.getProperties()).detect("stdout");
    }

    /** The terminal of this process's standard error. */
    public static Terminal standardError() {
        return new TerminalDetection(System.getenv(), System.getProperties()).detect("stderr");
    }

    /** Columns for lines of text: all of a terminal's, up to 100, which is also what a file gets. */
    int room() {
        return interactive ? Math.max(LEAST_ROOM, Math.min(columns, MOST_ROOM)) : MOST_ROOM;
    }

    /** Wraps text in a colour, or leaves it as it is. */
    String paint(Ink ink, String text) {
        return colour ? ESCAPE + ink.code + "m" + text + ESCAPE + "0m" : text;
    }

    /** The mark of something that held or did not. */
    String mark(boolean held) {
        String mark = unicode ? (held ? "✓" : "✗") : (held ? "[ok]" : "[no]");
        return paint(held ? Ink.GOOD : Ink.BAD, mark);
    }

    /** Stands for a figure that does not exist. */
    String missing() {
        return unicode ? "–" : "-";
    }

    /** Separates facts on a line. */
    String dot() {
        return unicode ? " · " : ", ";
    }

    /** Colours by their meaning. */
    enum Ink {
        GOOD("32"),
        BAD("31"),
        WARNING("33"),
        STRONG("1"),
        FAINT("2");

        private final String code;

        Ink(String code) {
            this.code = code;
        }
    }
}

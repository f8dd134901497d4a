package dev.stabilitylab.lab.report.terminal;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Shows a run while it runs: two lines drawn over again and again on a terminal; elsewhere a line whenever the variant or the
 * phase changes, and every five seconds. May be used by several threads at once.
 */
public final class LiveDisplay implements AutoCloseable {

    private static final long REDRAW_NANOS = Duration.ofMillis(200).toNanos();
    private static final long PLAIN_NANOS = Duration.ofSeconds(5).toNanos();
    private static final String HIDE_CURSOR = "\u001b[?25l";
    private static final String SHOW_CURSOR = "\u001b[?25h";
    private static final String CLEAR_LINE = "\r\u001b[2K";
    private static final String UP = "\u001b[1A";

    private final PrintWriter out;
    private final Terminal terminal;
    private final LongSupplier nanoTime;
    private final LiveLines lines;
    private @Nullable LiveStatus shown;
    private long shownAt;
    private boolean drawn;
    private boolean closed;

    /**
     * Prints nothing yet.
     *
     * @param nanoTime a clock like {@link System#nanoTime()}
     */
    public LiveDisplay(PrintWriter out, Terminal terminal, LongSupplier nanoTime) {
        this.out = out;
        this.terminal = terminal;
        this.nanoTime = nanoTime;
        this.lines = new LiveLines(terminal);
    }

    /** Shows where the run stands, unless that was shown just now. Can be called as often as one likes. */
    public synchronized void update(LiveStatus status) {
        if (closed || !isDue(status)) {
            return;
        }
        if (terminal.interactive()) {
            draw(lines.drawn(status));
        } else {
            println(lines.plain(status));
        }
        shown = status;
        shownAt = nanoTime.getAsLong();
    }

    /** Prints a line that stays, such as a fault that was injected. */
    public synchronized void event(String text) {
        LiveStatus status = shown;
        erase();
        println(Text.clean(text));
        if (status != null && terminal.interactive() && !closed) {
            draw(lines.drawn(status));
        }
    }

    /** Takes the drawn lines away and gives the cursor back. Closing again does nothing. */
    @Override
    public synchronized void close() {
        erase();
        closed = true;
        out.flush();
    }

    private boolean isDue(LiveStatus status) {
        LiveStatus before = shown;
        if (before == null
                || !before.variant().equals(status.variant())
                || !before.phase().equals(status.phase())) {
            return true;
        }
        return nanoTime.getAsLong() - shownAt >= (terminal.interactive() ? REDRAW_NANOS : PLAIN_NANOS);
    }

    private void draw(List<String> text) {
        String before = drawn ? UP : HIDE_CURSOR;
        out.print(before + CLEAR_LINE + text.get(0) + "\n" + CLEAR_LINE + text.get(1));
        out.flush();
        drawn = true;
    }

    private void erase() {
        if (drawn) {
            out.print(CLEAR_LINE + UP + CLEAR_LINE + SHOW_CURSOR);
            out.flush();
            drawn = false;
        }
    }

    private void println(String line) {
        out.print(line + "\n");
        out.flush();
    }
}

package dev.stabilitylab.lab.report.terminal;

import dev.stabilitylab.lab.report.terminal.Terminal.Ink;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Puts a {@link LiveStatus} into words. */
final class LiveLines {

    private static final int LONGEST_BAR = 30;
    private static final int SHORTEST_BAR = 8;

    private final Terminal terminal;
    private final Figures figures;

    LiveLines(Terminal terminal) {
        this.terminal = terminal;
        this.figures = new Figures(terminal.missing());
    }

    /** The line for a file: everything that the two lines of {@link #drawn} say, without the bar. */
    String plain(LiveStatus status) {
        return "%s: %s".formatted(head(status), facts(status));
    }

    /** Two lines that fit the terminal. */
    List<String> drawn(LiveStatus status) {
        // The last column stays empty: some terminals wrap as soon as it is written to.
        int room = terminal.columns() - 1;
        String head = head(status);
        int barRoom = Math.min(LONGEST_BAR, room - Text.width(head) - 3);
        String first = barRoom < SHORTEST_BAR ? head : bar(status, barRoom) + " " + head;
        String second = Text.cut("  " + facts(status), room, terminal.unicode());
        return List.of(Text.cut(first, room, terminal.unicode()), terminal.paint(ink(status), second));
    }

    private String head(LiveStatus status) {
        String phase = status.phase().isBlank() ? "" : ", " + Text.clean(status.phase());
        return "%s (%d of %d) %s of %s, %s left%s"
                .formatted(
                        Text.clean(status.variant()),
                        status.index(),
                        status.count(),
                        seconds(status.elapsed()),
                        seconds(status.duration()),
                        seconds(status.duration().minus(status.elapsed())),
                        phase);
    }

    private String facts(LiveStatus status) {
        String pages = "%s pages/s%s%s available"
                .formatted(figures.rate(status.pagesPerSecond()), terminal.dot(), figures.share(status.availability()));
        return status.breakers().isEmpty() ? pages : pages + terminal.dot() + breakers(status.breakers());
    }

    private static String breakers(Map<String, String> breakers) {
        Map<String, Long> counts = breakers.values().stream()
                .collect(Collectors.groupingBy(LiveLines::state, TreeMap::new, Collectors.counting()));
        if (breakers.size() == 1) {
            return "breaker " + counts.keySet().iterator().next();
        }
        return "breakers: "
                + counts.entrySet().stream()
                        .map(entry -> entry.getValue() + " " + entry.getKey())
                        .collect(Collectors.joining(", "));
    }

    private static String state(String name) {
        return Text.clean(name).toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private String bar(LiveStatus status, int length) {
        double share = (double) status.elapsed().toMillis()
                / Math.max(1, status.duration().toMillis());
        int full = (int) Math.round(Math.min(1, Math.max(0, share)) * length);
        return terminal.unicode()
                ? "━".repeat(full) + "─".repeat(length - full)
                : "[" + "=".repeat(full) + " ".repeat(length - full) + "]";
    }

    private static Ink ink(LiveStatus status) {
        Double availability = status.availability();
        if (availability == null) {
            return Ink.FAINT;
        }
        return availability < 0.9 ? Ink.BAD : availability < 0.999 ? Ink.WARNING : Ink.GOOD;
    }

    private static String seconds(Duration duration) {
        return Math.max(0, Math.round(duration.toMillis() / 1e3)) + " s";
    }
}

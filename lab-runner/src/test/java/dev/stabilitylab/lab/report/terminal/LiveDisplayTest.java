package dev.stabilitylab.lab.report.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LiveDisplayTest {

    private static final Map<String, String> BREAKERS =
            new TreeMap<>(Map.of("homepage-1", "OPEN", "homepage-2", "HALF_OPEN", "homepage-3", "OPEN"));

    private final StringWriter written = new StringWriter();
    private final PrintWriter out = new PrintWriter(written);
    private long now = -3_000_000_000L;

    @Test
    void writesALineForEachPhaseAndEveryFiveSecondsWithoutATerminal() {
        LiveDisplay display = display(Terminal.plain());

        for (int tenth = 0; tenth <= 120; tenth++) {
            now += 100_000_000;
            display.update(status("retries", tenth / 10.0, tenth < 20 ? "before" : "outage", 0.5));
        }
        display.event("recommendations heals");
        display.close();

        assertThat(written).hasToString("""
                        retries (2 of 5) 0 s of 60 s, 60 s left, before: 84.5 pages/s, 50.00 % available, breakers: 1 half-open, 2 open
                        retries (2 of 5) 2 s of 60 s, 58 s left, outage: 84.5 pages/s, 50.00 % available, breakers: 1 half-open, 2 open
                        retries (2 of 5) 7 s of 60 s, 53 s left, outage: 84.5 pages/s, 50.00 % available, breakers: 1 half-open, 2 open
                        retries (2 of 5) 12 s of 60 s, 48 s left, outage: 84.5 pages/s, 50.00 % available, breakers: 1 half-open, 2 open
                        recommendations heals
                        """);
    }

    @Test
    void drawsTwoLinesOverAndOverOnATerminal() {
        LiveDisplay display = display(new Terminal(true, false, true, 100));

        display.update(status("retries", 15, "outage", 0.5));
        now += 100_000_000;
        display.update(status("retries", 15.1, "outage", 0.5));
        now += 100_000_000;
        display.update(status("retries", 30, "outage", null));
        display.close();

        assertThat(screen())
                .isEqualTo(
                        "{hide}{clear}━━━━━━━━────────────────────── retries (2 of 5) 15 s of 60 s, 45 s left, outage\n"
                                + "{clear}  84.5 pages/s · 50.00 % available · breakers: 1 half-open, 2 open"
                                + "{up}{clear}━━━━━━━━━━━━━━━─────────────── retries (2 of 5) 30 s of 60 s, 30 s left, outage\n"
                                + "{clear}  84.5 pages/s · – available · breakers: 1 half-open, 2 open"
                                + "{clear}{up}{clear}{show}");
    }

    @Test
    void putsEventsAboveTheDrawnLines() {
        LiveDisplay display = display(new Terminal(true, false, false, 40));

        display.update(status("retries", 15, "", 1.0));
        display.event("recommendations down\u001b[2J");

        assertThat(screen())
                .startsWith("{hide}{clear}retries (2 of 5) 15 s of 60 s, 45 s le~\n"
                        + "{clear}  84.5 pages/s, 100.00 % available, br~"
                        + "{clear}{up}{clear}{show}recommendations down [2J\n{hide}{clear}retries");
    }

    @Test
    void saysWhichOfSeveralRunsItIs() {
        LiveDisplay display = display(Terminal.plain());

        display.update(status("retries", 15, "outage", 0.5).inRun(3, 10));

        assertThat(written).asString().startsWith("run 3 of 10: retries (2 of 5) 15 s of 60 s, 45 s left, outage: ");
    }

    @Test
    void neverFillsTheLastColumn() {
        for (int columns = 2; columns < 140; columns++) {
            int room = columns - 1;
            LiveLines lines = new LiveLines(new Terminal(true, false, true, columns));

            assertThat(lines.drawn(status("变体-longer-name", 15, "outage", 1.0)))
                    .allSatisfy(line -> assertThat(Text.width(line)).isLessThanOrEqualTo(room));
        }
    }

    @Test
    void staysSilentOnceClosed() {
        LiveDisplay display = display(new Terminal(true, true, true, 80));
        display.update(status("retries", 1, "outage", 1.0));
        display.close();
        String before = written.toString();

        display.update(status("retries", 2, "after", 1.0));
        display.close();

        assertThat(written).hasToString(before);
    }

    private LiveDisplay display(Terminal terminal) {
        return new LiveDisplay(out, terminal, () -> now);
    }

    private String screen() {
        return written.toString()
                .replace("\u001b[?25l", "{hide}")
                .replace("\u001b[?25h", "{show}")
                .replace("\r\u001b[2K", "{clear}")
                .replace("\u001b[1A", "{up}");
    }

    private static LiveStatus status(String variant, double elapsed, String phase, @Nullable Double availability) {
        return new LiveStatus(
                variant,
                2,
                5,
                Duration.ofMillis(Math.round(elapsed * 1000)),
                Duration.ofSeconds(60),
                phase,
                84.5,
                availability,
                BREAKERS);
    }
}

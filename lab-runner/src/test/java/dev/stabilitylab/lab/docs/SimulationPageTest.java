package dev.stabilitylab.lab.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stabilitylab.lab.report.SyntheticRun;
import dev.stabilitylab.lab.script.ScriptException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulationPageTest {

    private static final String PAGE = """
            # An outage\t

            ![all](../pictures/outage/pages.png)

            <!-- lab:run -->
            <!-- lab:end -->
            <!-- lab:events -->
            <!-- lab:end -->
            <!-- lab:table columns="availability in before; breakers open after" labels="available; open" -->
            <!-- lab:end -->
            <!-- lab:expectations -->
            <!-- lab:end -->
            <!-- lab:quote A.java#x -->
            <!-- lab:end -->

            The  end.""";

    private final SyntheticRun run = SyntheticRun.of("An outage", 2, Duration.ofSeconds(12));
    private final PlayedRun played = new PlayedRun(run.recordings(), run.result());

    @TempDir
    private Path home;

    @BeforeEach
    void write() throws IOException {
        Files.createDirectories(home.resolve("docs/simulations"));
        Files.writeString(home.resolve("A.java"), "// docs:begin x\nint a;\n// docs:end x\n");
        write(PAGE);
    }

    @Test
    void fillsEveryBlockAndDrawsEveryPicture() throws Exception {
        List<Path> pictures = page().fill(run.simulation(), List.of(played));

        assertThat(pictures)
                .extracting(Path::getFileName)
                .extracting(Path::toString)
                .containsExactly("pages.png", "retries-only.png", "breaker-outside-retry.png");
        assertThat(text()).contains("""
                <!-- lab:events -->

                1. At 2 s: recommendations down.
                2. At 6 s: recommendations heals.

                <!-- lab:end -->
                """, """
                | variant | available | open |
                |---|---|---|
                | `retries-only` | 100.00% | — <sup>1</sup> |
                | `breaker-outside-retry` | 100.00% |\s""", """
                <sup>1</sup> there is no breaker.

                <!-- lab:end -->
                """, """
                | variant | expectation | measured | held |
                |---|---|---|---|
                | `retries-only` | `rate in first seconds < 0.25 x rate in before` | 5.0 < 21.3 | yes |
                """, """
                ```java
                int a;
                ```

                from [A.java](../../A.java)
                """);
        assertThat(page().problems()).isEmpty();
    }

    @Test
    void showsMediansOfSeveralRuns() throws Exception {
        page().fill(run.simulation(), List.of(played, played));

        assertThat(text())
                .contains(
                        "Medians of 2 runs, and in brackets the lowest and the highest.<br>\n<sup>1</sup> in 2 of 2 runs there is no breaker.")
                .contains("| measured in the first run | held |")
                .contains("| 5.0 < 21.3 | 2 of 2 |");
        assertThat(page().problems()).isEmpty();
    }

    @Test
    void changesNothingWhenItIsFilledAgain() throws Exception {
        page().fill(run.simulation(), List.of(played));
        String once = text();
        page().fill(run.simulation(), List.of(played));

        assertThat(text()).isEqualTo(once);
        assertThat(page().refresh()).isFalse();
        assertThat(text()).isEqualTo(once);
    }

    @Test
    void keepsWhatPeopleWroteByteForByte() throws Exception {
        page().fill(run.simulation(), List.of(played));

        assertThat(withoutContents(text())).isEqualTo(withoutContents(PAGE));
    }

    @Test
    void renewsWhatShowsFilesWithoutARun() throws IOException {
        assertThat(page().refresh()).isTrue();

        assertThat(text())
                .contains("1. At 2 s: recommendations down.", "int a;")
                .contains("<!-- lab:run -->\n<!-- lab:end -->");
    }

    @Test
    void saysWhatIsEmptyAndWhatIsMissing() throws IOException {
        assertThat(page().problems())
                .containsExactly(
                        "docs/simulations/outage.md:5: lab:run is empty; ./lab docs outage fills it",
                        "docs/simulations/outage.md:7: lab:events is empty; ./lab docs --quotes outage fills it",
                        "docs/simulations/outage.md:9: lab:table is empty; ./lab docs outage fills it",
                        "docs/simulations/outage.md:11: lab:expectations is empty; ./lab docs outage fills it",
                        "docs/simulations/outage.md:13: lab:quote is empty; ./lab docs --quotes outage fills it",
                        "docs/simulations/outage.md:3: there is no picture ../pictures/outage/pages.png",
                        "docs/simulations/outage.md:1: there is no picture docs/pictures/outage/pages.png; ./lab docs outage draws it",
                        "docs/simulations/outage.md:1: there is no picture docs/pictures/outage/retries-only.png; ./lab docs outage draws it",
                        "docs/simulations/outage.md:1: there is no picture docs/pictures/outage/breaker-outside-retry.png; ./lab docs outage draws it");
    }

    @Test
    void saysWhatHasBecomeStale() throws Exception {
        page().fill(run.simulation(), List.of(played));
        Files.writeString(home.resolve("A.java"), "// docs:begin x\nint b;\n// docs:end x\n");
        write(text().replace("labels=\"available; open\"", "labels=\"available; opened\"")
                .replace("< 0.25 x rate", "< 0.5 x rate")
                .replace("At 2 s", "At 3 s"));

        assertThat(page().problems())
                .extracting(problem -> problem.replaceFirst(".*\\.md:\\d+: ", ""))
                .containsExactly(
                        "lab:events is not what the file says now; ./lab docs --quotes outage renews it",
                        "lab:table has other rows or columns than script and directive ask for; ./lab docs outage fills it anew",
                        "lab:expectations has other rows or columns than script and directive ask for; ./lab docs outage fills it anew",
                        "lab:quote is not what the file says now; ./lab docs --quotes outage renews it");
    }

    @Test
    void refusesToBeFilledWithMistakesInIt() throws IOException {
        write("""
                <!-- lab:table variants="retries-only, nobody" columns="rate in before; rat in before; 5%" -->
                <!-- lab:end -->
                <!-- lab:quote A.java#y -->
                <!-- lab:end -->
                <!-- lab:runs -->
                """);

        SimulationPage page = page();

        assertThatThrownBy(page::requireSound)
                .isInstanceOfSatisfying(
                        ScriptException.class,
                        e -> assertThat(e.problems())
                                .containsExactlyInAnyOrder(
                                        "docs/simulations/outage.md:1: lab:table names the variant \"nobody\"; the variants of outage are retries-only, breaker-outside-retry",
                                        "docs/simulations/outage.md:1: lab:table has the column \"rat in before\": there is no figure called \"rat\"; did you mean rate?",
                                        "docs/simulations/outage.md:1: lab:table has the column \"5%\": it is a number and says nothing about the run",
                                        "docs/simulations/outage.md:3: A.java#y cannot be quoted: there is no line with docs:begin y",
                                        "docs/simulations/outage.md:5: there is no directive lab:runs; known are lab:run, lab:table, lab:expectations, lab:events, lab:quote and lab:end",
                                        "docs/simulations/outage.md:5: the block that begins here has no <!-- lab:end -->"));
    }

    private SimulationPage page() throws IOException {
        return new SimulationPage(home, file(), home.resolve("docs/pictures/outage"), run.simulation());
    }

    private Path file() {
        return home.resolve("docs/simulations/outage.md");
    }

    private String text() throws IOException {
        return Files.readString(file());
    }

    private void write(String text) throws IOException {
        Files.writeString(file(), text);
    }

    private static List<String> withoutContents(String text) {
        List<String> kept = new ArrayList<>();
        boolean inside = false;
        for (String line : text.split("(?<=\n)", -1)) {
            inside &= !line.startsWith("<!-- lab:end");
            if (!inside) {
                kept.add(line);
            }
            inside |= line.startsWith("<!-- lab:") && !line.startsWith("<!-- lab:end");
        }
        return kept;
    }
}

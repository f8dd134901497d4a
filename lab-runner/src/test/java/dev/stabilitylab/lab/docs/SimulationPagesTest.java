package dev.stabilitylab.lab.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stabilitylab.lab.script.ScriptException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulationPagesTest {

    private static final Path PROJECT = Path.of("..");

    @TempDir
    private Path home;

    /** The check of {@code ./lab docs --check}, on the pages that people read. */
    @Test
    void findsNothingWrongWithTheProjectsOwnPages() throws IOException {
        SimulationPages pages = new SimulationPages(PROJECT);

        assertThat(pages.names()).contains("recommendations-outage");
        assertThat(pages.problems(pages.names())).isEmpty();
    }

    @Test
    void namesEveryPageButTheTableOfContents() throws IOException {
        page("b");
        page("a");
        page("README");
        Files.writeString(home.resolve("docs/simulations/notes.txt"), "");

        assertThat(new SimulationPages(home).names()).containsExactly("a", "b");
    }

    @Test
    void hasNoPagesWhereThereIsNoFolder() throws IOException {
        assertThat(new SimulationPages(home).names()).isEmpty();
    }

    @Test
    void saysThatAPageHasNoScript() throws IOException {
        page("a");

        assertThat(new SimulationPages(home).problems(List.of("a")))
                .singleElement()
                .asString()
                .startsWith("docs/simulations/a.md: there is no simulation called \"a\"");
    }

    @Test
    void saysThatThereIsNoSuchPage() throws IOException {
        page("a");
        SimulationPages pages = new SimulationPages(home);

        assertThatThrownBy(() -> pages.page("README"))
                .isInstanceOf(ScriptException.class)
                .hasMessage("there is no page for \"README\" in docs/simulations; there are a");
    }

    private void page(String name) throws IOException {
        Files.createDirectories(home.resolve("docs/simulations"));
        Files.writeString(home.resolve("docs/simulations/%s.md".formatted(name)), "# Page\n");
    }
}

package dev.stabilitylab.lab.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The reference page says what the reader does. */
class ScriptsPageTest {

    private static final Path PAGE = Path.of("..", "docs", "scripts.md");

    @TempDir
    private Path folder;

    @Test
    void hasAnExampleThatCanBeRead() throws IOException {
        String page = Files.readString(PAGE);
        String start = "```yaml\n";
        int from = page.indexOf(start) + start.length();

        Simulation simulation = ScriptFixture.read(folder, page.substring(from, page.indexOf("```", from)));

        assertThat(simulation.variants()).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(Metric.class)
    void namesEveryFigure(Metric metric) throws IOException {
        assertThat(Files.readString(PAGE)).contains("`" + metric.words() + "`");
    }
}

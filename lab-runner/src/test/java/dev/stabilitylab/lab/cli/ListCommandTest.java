package dev.stabilitylab.lab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListCommandTest {

    private static final Path PROJECT = Path.of("..");

    @TempDir
    private Path home;

    @Test
    void listsTheScriptsOfThisProject() {
        CommandRun run = CommandRun.of(PROJECT, "list");

        assertThat(run.status()).isZero();
        assertThat(run.out())
                .containsPattern("recommendations-outage +\\d+ +\\d+ min \\d+ s +Recommendations are gone");
    }

    @Test
    void saysWhichScriptCannotBeRead() throws IOException {
        Path simulations = Files.createDirectory(home.resolve("simulations"));
        Files.writeString(simulations.resolve("bad.yml"), "title: t\nduration: 4s\nvariants: {x: {}}\n");
        CommandRun.of(home, "new", simulations.resolve("good").toString());

        CommandRun run = CommandRun.of(home, "list");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out())
                .contains("cannot be read: 1 problem, which ./lab run bad names")
                .contains("Recommendations is a second late");
    }

    @Test
    void saysHowToGetAScriptWhereThereIsNone() {
        CommandRun run = CommandRun.of(home, "list");

        assertThat(run.status()).isZero();
        assertThat(run.out())
                .isEqualToIgnoringNewLines("There is no script in %s. ./lab new NAME writes one to start from."
                        .formatted(home.toAbsolutePath().resolve("simulations")));
    }
}

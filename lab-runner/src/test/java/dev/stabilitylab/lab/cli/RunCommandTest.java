package dev.stabilitylab.lab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused before anything is started. */
class RunCommandTest {

    private static final Path PROJECT = Path.of("..");

    @TempDir
    private Path home;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            run | Nothing to play: name a SCRIPT (./lab list shows them), or say --all.
            run recommendations-outage --all | --all plays every script; leave out recommendations-outage, or --all.
            run --all --variant fail-fast --variant timeouts | --variant is fail-fast, timeouts; it goes with one SCRIPT only
            run recommendations-outage --repeat 0 | --repeat is 0; it must be from 1 to 100.
            run recommendations-outage --repeat 101 | --repeat is 101; it must be from 1 to 100.
            run recommendations-outage --repeat twice | --repeat
            run --all --time-scale 11 | the time scale is 11.0; it must be from 0.05 to 10
            run --all --out /dev/null/here | it must be a folder that can be written to
            run one another | another
            """)
    void saysInOneSentenceWhatIsWrong(String arguments, String sentence) {
        CommandRun run = CommandRun.of(PROJECT, arguments.split(" "));

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(sentence).doesNotContain("\tat ", "Usage:");
    }

    @Test
    void namesTheProblemsOfEveryScriptBeforeTheFirstIsPlayed() throws IOException {
        Path simulations = Files.createDirectory(home.resolve("simulations"));
        CommandRun.of(home, "new", simulations.resolve("a-good-one").toString());
        Files.writeString(simulations.resolve("b-bad.yml"), "title: t\nduration: 4s\nvariants: {x: {}}\n");
        Files.writeString(simulations.resolve("c-worse.yml"), "[]");

        CommandRun run = CommandRun.of(home, "run", "--all");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err().lines())
                .hasSize(2)
                .anySatisfy(line -> assertThat(line).contains("b-bad.yml:1: ", "load"))
                .anySatisfy(line -> assertThat(line).contains("c-worse.yml:1: the script must be a mapping"));
    }

    @Test
    void saysThatThereIsNothingToPlay() {
        CommandRun run = CommandRun.of(home, "run", "--all");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).startsWith("There is no script in ");
    }
}

package dev.stabilitylab.lab.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stabilitylab.lab.script.ScriptException;
import dev.stabilitylab.lab.script.ScriptReader;
import dev.stabilitylab.lab.script.Simulation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewCommandTest {

    @TempDir
    private Path folder;

    @Test
    void writesAScriptThatCanBeRead() {
        Path file = folder.resolve("mine.yml");

        CommandRun run = lab(folder.resolve("mine"));

        assertThat(run.status()).isZero();
        assertThat(run.out()).isEqualToIgnoringNewLines("Wrote %s. Play it: ./lab run %s".formatted(file, file));
        Simulation simulation = ScriptReader.read(file);
        assertThat(simulation.timeline()).isNotEmpty();
        assertThat(simulation.variants())
                .hasSizeGreaterThan(1)
                .allSatisfy(variant -> assertThat(variant.expectations()).isNotEmpty());
    }

    @Test
    void explainsEveryKey() throws IOException {
        lab(folder.resolve("mine"));

        String script = Files.readString(folder.resolve("mine.yml"));

        assertThat(keys())
                .contains("title", "variants")
                .allSatisfy(key -> assertThat(script)
                        .as("a comment above %s", key)
                        .containsPattern("(?m)^#.*\\n(# )?%s:".formatted(key)));
    }

    @Test
    void keepsAnEndingThatIsThere() {
        lab(folder.resolve("mine.yaml"));

        assertThat(folder).isDirectoryContaining("glob:**/mine.yaml").isDirectoryNotContaining("glob:**.yml");
    }

    @Test
    void followsAPathOutOfAFolder() throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));

        lab(elsewhere.resolve("..").resolve("mine"));

        assertThat(folder.resolve("mine.yml")).isRegularFile();
    }

    @Test
    void leavesAFileAsItIs() throws IOException {
        Path file = Files.writeString(folder.resolve("mine.yml"), "precious");

        CommandRun run = lab(folder.resolve("mine"));

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).isEqualToIgnoringNewLines(file + " exists already; it is left as it is.");
        assertThat(file).hasContent("precious");
    }

    @Test
    void refusesAFolder() {
        CommandRun run = lab(folder);

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err())
                .startsWith("%s is a folder; name a file in it, such as %s."
                        .formatted(folder, folder.resolve("outage.yml")));
    }

    @Test
    void refusesAFolderThatIsCalledLikeAScript() throws IOException {
        Path directory = Files.createDirectory(folder.resolve("mine.yml"));

        CommandRun run = lab(folder.resolve("mine"));

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).startsWith(directory + " exists already");
    }

    @Test
    void refusesToMakeFolders() {
        Path nowhere = folder.resolve("nowhere");

        CommandRun run = lab(nowhere.resolve("mine"));

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err())
                .startsWith("%s cannot be written: there is no folder %s.".formatted(nowhere.resolve("mine"), nowhere));
    }

    @Test
    void refusesAnEmptyName() {
        CommandRun run = CommandRun.of(folder, "new", "");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).startsWith("NAME is empty; it must be the name of a file.");
    }

    private CommandRun lab(Path name) {
        return CommandRun.of(folder, "new", name.toString());
    }

    /** As the reader lists them to somebody whose script is no mapping. */
    private List<String> keys() throws IOException {
        Path file = Files.writeString(folder.resolve("list.yml"), "[]");
        ScriptException refusal = catchThrowableOfType(ScriptException.class, () -> ScriptReader.read(file));
        String start = "a mapping with the keys ";
        String message = String.valueOf(refusal.getMessage());
        return List.of(
                message.substring(message.indexOf(start) + start.length()).split(", "));
    }
}

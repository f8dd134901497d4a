package dev.stabilitylab.lab.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is not even a mapping in YAML. */
class BadFileTest {

    @TempDir
    private Path folder;

    @Test
    void refusesAMissingFile() {
        assertThat(ScriptFixture.problems(folder, folder.resolve("none.yml")))
                .containsExactly("none.yml: there is no such file");
    }

    @Test
    void refusesAFolder() throws IOException {
        Path directory = Files.createDirectory(folder.resolve("folder.yml"));

        assertThat(ScriptFixture.problems(folder, directory))
                .containsExactly("folder.yml: this is a folder; a script is a file");
    }

    @Test
    void refusesAFileOverOneMebibyte() {
        String text = "#" + "x".repeat(ScriptText.MAX_BYTES);

        assertThat(ScriptFixture.problems(folder, text))
                .containsExactly("test.yml: the file is larger than 1 MiB, the limit for a script");
    }

    @Test
    void refusesOtherCharacterSetsAndSaysWhere() throws IOException {
        byte[] latin1 = "title: ok\nload: caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1);
        Path file = Files.write(folder.resolve("latin.yml"), latin1);

        assertThat(ScriptFixture.problems(folder, file))
                .containsExactly("latin.yml:2: the file is not UTF-8 text from here on");
    }

    @Test
    void refusesACharacterThatIsCutOffAtTheEnd() throws IOException {
        Path file = Files.write(folder.resolve("cut.yml"), new byte[] {'a', '\n', (byte) 0xC3});

        assertThat(ScriptFixture.problems(folder, file))
                .containsExactly("cut.yml:2: the file is not UTF-8 text from here on");
    }

    @Test
    void refusesAnEmptyFile() {
        assertThat(ScriptFixture.problems(folder, "")).containsExactly("test.yml:1: the script is empty");
        assertThat(ScriptFixture.problems(folder, "# only a comment\n"))
                .containsExactly("test.yml:1: the script is empty");
    }

    @Test
    void refusesWhatIsNotAMapping() {
        assertThat(ScriptFixture.problems(folder, "- a\n- b\n"))
                .containsExactly(
                        "test.yml:1: the script must be a mapping with the keys title, system, watched, load, warm-up,"
                                + " duration, timeline, phases, variants");
    }

    @Test
    void refusesTabs() {
        assertThat(ScriptFixture.problems(folder, "load:\n\tclosed: {users: 1}\n"))
                .singleElement()
                .asString()
                .startsWith("test.yml:2: this is not YAML: ")
                .contains("TAB");
    }

    @Test
    void refusesABracketThatIsNeverClosed() {
        assertThat(ScriptFixture.problems(folder, "title: a\nload: {closed: {users: 1}\nduration: 1s\n"))
                .singleElement()
                .asString()
                .startsWith("test.yml:3: this is not YAML: ");
    }

    @Test
    void refusesControlCharacters() {
        assertThat(ScriptFixture.problems(folder, "title: a\nload: \u0007\n"))
                .containsExactly("test.yml:2: the character with the code 7 is not allowed in YAML");
    }

    @Test
    void refusesASecondDocument() {
        assertThat(ScriptFixture.problems(folder, "title: a\n---\ntitle: b\n"))
                .containsExactly("test.yml:2: a second document starts here; a script is one document");
    }

    @Test
    void refusesAnchorsAliasesAndTags() {
        assertThat(ScriptFixture.problems(folder, "a: &x {b: 1}\nc: *x\nd: !!java.net.URL [e]\nf: !g h\n"))
                .containsExactly(
                        "test.yml:1: &x is an anchor; scripts must do without",
                        "test.yml:2: *x is an alias; scripts must spell out what they mean",
                        "test.yml:3: tag:yaml.org,2002:java.net.URL is a tag; scripts must do without",
                        "test.yml:4: !g is a tag; scripts must do without");
    }

    @Test
    void refusesDeepNestingWithoutReadingOn() {
        assertThat(ScriptFixture.problems(folder, "a:\n" + " [\n".repeat(100_000)))
                .containsExactly("test.yml:11: nested deeper than 10 levels, which no script needs");
    }
}

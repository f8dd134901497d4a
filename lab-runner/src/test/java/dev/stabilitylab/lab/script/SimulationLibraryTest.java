package dev.stabilitylab.lab.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulationLibraryTest {

    @TempDir
    private Path folder;

    private SimulationLibrary library;

    @BeforeEach
    void putScriptsIntoTheFolder() throws IOException {
        Files.writeString(folder.resolve("slow.yml"), "");
        Files.writeString(folder.resolve("outage.yml"), "");
        Files.writeString(folder.resolve("notes.txt"), "");
        library = new SimulationLibrary(folder);
    }

    @Test
    void listsScriptsByName() {
        assertThat(library.names()).containsExactly("outage", "slow");
    }

    @Test
    void findsAScriptByItsName() {
        assertThat(library.find("outage")).isEqualTo(folder.resolve("outage.yml"));
    }

    @Test
    void findsAScriptAnywhereByItsPath() throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("mine")).resolve("own.yaml");
        Files.writeString(elsewhere, "");

        assertThat(library.find(elsewhere.toString())).isEqualTo(elsewhere);
    }

    @Test
    void listsWhatThereIsWhenANameIsUnknown() {
        assertThatExceptionOfType(ScriptException.class)
                .isThrownBy(() -> library.find("outrage"))
                .withMessage(
                        "there is no simulation called \"outrage\"; did you mean outage? (the folder %s has outage, slow)",
                        folder);
    }

    @Test
    void listsWhatThereIsWhenAFileIsMissing() {
        assertThatExceptionOfType(ScriptException.class)
                .isThrownBy(() -> library.find("elsewhere/nothing.yml"))
                .withMessage("there is no file \"elsewhere/nothing.yml\"; the folder %s has outage, slow", folder);
    }

    @Test
    void doesNotLeaveItsFolderByName() {
        assertThatExceptionOfType(ScriptException.class).isThrownBy(() -> library.find("../outage"));
        assertThatExceptionOfType(ScriptException.class).isThrownBy(() -> library.find(""));
    }

    @Test
    void saysWhenThereAreNoScriptsAtAll() {
        Path nowhere = folder.resolve("nowhere");

        assertThatExceptionOfType(ScriptException.class)
                .isThrownBy(() -> new SimulationLibrary(nowhere).find("outage"))
                .withMessage("there is no simulation called \"outage\"; there are none in the folder %s", nowhere);
    }

    @Test
    void refusesAPathThatCannotBeOne() {
        assertThatExceptionOfType(ScriptException.class)
                .isThrownBy(() -> library.find("\u0000.yml"))
                .withMessageStartingWith("\"?.yml\" is not the path of a file");
    }
}

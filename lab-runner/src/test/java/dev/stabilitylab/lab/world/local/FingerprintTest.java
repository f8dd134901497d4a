package dev.stabilitylab.lab.world.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FingerprintTest {

    @TempDir
    private Path directory;

    @Test
    void isTheSameForTheSameContentAtAnotherTime() throws IOException {
        Path one = jar("one.jar", 1_000_000, "hello");
        Path other = jar("other.jar", 9_000_000_000L, "hello");

        assertThat(Fingerprint.ofJar(one)).isEqualTo(Fingerprint.ofJar(other)).hasSize(12);
    }

    @Test
    void changesWithTheContentOfAnEntry() throws IOException {
        Path one = jar("one.jar", 1_000_000, "hello");
        Path other = jar("other.jar", 1_000_000, "hallo");

        assertThat(Fingerprint.ofJar(one)).isNotEqualTo(Fingerprint.ofJar(other));
    }

    private Path jar(String name, long time, String content) throws IOException {
        Path jar = directory.resolve(name);
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            ZipEntry entry = new ZipEntry("greeting.txt");
            entry.setTime(time);
            out.putNextEntry(entry);
            out.write(content.getBytes(StandardCharsets.UTF_8));
        }
        return jar;
    }
}

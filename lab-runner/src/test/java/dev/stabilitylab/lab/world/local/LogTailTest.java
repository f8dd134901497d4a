package dev.stabilitylab.lab.world.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTailTest {

    @TempDir
    private Path directory;

    @Test
    void showsTheLastTwentyLines() throws IOException {
        Path log = directory.resolve("auth.log");
        Files.write(
                log,
                IntStream.rangeClosed(1, 10_000)
                        .mapToObj(line -> "line " + line)
                        .toList());

        String tail = LogTail.of(log);

        assertThat(tail).contains("  line 9981\n").endsWith("  line 10000").doesNotContain("line 9980");
    }

    @Test
    void saysThatThereIsNothing() throws IOException {
        Path log = Files.createFile(directory.resolve("auth.log"));

        assertThat(LogTail.of(log)).isEqualTo("Its log %s is empty.", log);
        assertThat(LogTail.of(directory.resolve("none.log"))).contains("cannot be read");
    }
}

package dev.stabilitylab.lab.cli;

import dev.stabilitylab.lab.world.WorldException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a run's files go; checked before the run, not after it. */
final class OutputDirectory {

    private OutputDirectory() {}

    static Path prepare(Path wanted) {
        Path directory = wanted.toAbsolutePath().normalize();
        try {
            Files.createDirectories(directory);
            Files.delete(Files.createTempFile(directory, "writable", ""));
            return directory;
        } catch (IOException problem) {
            throw new WorldException(
                    "--out is %s; it must be a folder that can be written to (%s).".formatted(wanted, problem));
        }
    }
}

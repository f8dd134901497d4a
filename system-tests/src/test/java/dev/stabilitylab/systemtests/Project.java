package dev.stabilitylab.systemtests;

import java.nio.file.Path;

/** Where the project's files are. */
final class Project {

    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private Project() {}

    static Path file(String path) {
        return ROOT.resolve(path);
    }
}

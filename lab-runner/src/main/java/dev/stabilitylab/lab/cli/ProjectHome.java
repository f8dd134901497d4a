package dev.stabilitylab.lab.cli;

import java.nio.file.Path;

/** The project's folder, which the script {@code ./lab} passes in. */
final class ProjectHome {

    private ProjectHome() {}

    static Path path() {
        return Path.of(System.getProperty("lab.home", "")).toAbsolutePath().normalize();
    }
}

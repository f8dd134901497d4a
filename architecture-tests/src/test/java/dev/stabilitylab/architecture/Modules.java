package dev.stabilitylab.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The compiled classes of the project, as Maven left them in the modules' folders. */
final class Modules {

    static final List<String> NAMES = List.of(
            "api-client",
            "service-kit",
            "auth-service",
            "recommendations-service",
            "popularity-service",
            "homepage-service",
            "fault-injector",
            "lab-runner");

    /** All of them. A module that is not compiled is an error: a rule about no class always holds. */
    static final JavaClasses CLASSES = new ClassFileImporter()
            .importPaths(NAMES.stream().map(Modules::classes).toList());

    private Modules() {}

    private static Path classes(String module) {
        Path classes = Path.of("..", module, "target", "classes");
        if (!Files.isDirectory(classes)) {
            throw new IllegalStateException("%s is missing; build the whole project".formatted(classes));
        }
        return classes;
    }
}

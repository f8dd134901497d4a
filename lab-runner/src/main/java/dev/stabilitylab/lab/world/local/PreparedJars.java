package dev.stabilitylab.lab.world.local;

import dev.stabilitylab.lab.world.WorldException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Starts the modules' jars, prepared for a fast start: extracted, and with a start-up archive. Both are made once for each
 * content of a jar, and kept below {@code target/lab}, which {@code mvn clean} removes.
 */
final class PreparedJars implements Programs {

    private final Path home;
    private final Jvm jvm;
    private final Consumer<String> progress;

    PreparedJars(Path home, Jvm jvm, Consumer<String> progress) {
        this.home = home;
        this.jvm = jvm;
        this.progress = progress;
    }

    @Override
    public Map<String, List<String>> prepare(Set<String> modules, Processes processes) {
        Path directory = home.resolve("target").resolve("lab");
        try {
            Map<String, ExtractedJar> jars = locate(modules, directory);
            if (jars.values().stream().allMatch(ExtractedJar::isPrepared)) {
                return commands(jars);
            }
            new DirectoryLock(directory)
                    .holding(
                            () -> progress.accept("Waiting for another lab, which is preparing the services…"),
                            processes::isClosed,
                            () -> new Preparation(processes, progress).prepare(jars));
            return commands(jars);
        } catch (IOException e) {
            throw new WorldException("The services' jars cannot be prepared in %s: %s".formatted(directory, e), e);
        }
    }

    private Map<String, ExtractedJar> locate(Set<String> modules, Path directory) throws IOException {
        Map<String, ExtractedJar> jars = new LinkedHashMap<>();
        List<String> missing = new ArrayList<>();
        for (String module : modules) {
            Path jar = home.resolve(module).resolve("target").resolve(module + ".jar");
            if (Files.isRegularFile(jar)) {
                jars.put(module, ExtractedJar.of(module, jar, directory, jvm));
            } else {
                missing.add(jar.toString());
            }
        }
        if (!missing.isEmpty()) {
            throw new WorldException(
                    "Not built yet: %s. Build with: mvn -DskipTests package".formatted(String.join(", ", missing)));
        }
        return jars;
    }

    private static Map<String, List<String>> commands(Map<String, ExtractedJar> jars) {
        Map<String, List<String>> commands = new LinkedHashMap<>();
        jars.forEach((module, jar) -> commands.put(module, jar.command()));
        return commands;
    }
}

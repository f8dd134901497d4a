package dev.stabilitylab.lab.script;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The scripts in a folder, and how a person names one of them or one elsewhere. */
public final class SimulationLibrary {

    private static final String ENDING = ".yml";

    private final Path folder;

    /**
     * With a folder that need not exist; then there are no scripts.
     *
     * @param folder e.g. {@code simulations}
     */
    public SimulationLibrary(Path folder) {
        this.folder = folder;
    }

    /**
     * The names of the scripts in the folder, in alphabetical order, without their ending.
     *
     * @throws ScriptException when the folder cannot be read
     */
    public List<String> names() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(ENDING))
                    .map(name -> name.substring(0, name.length() - ENDING.length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new ScriptException(List.of("the folder %s cannot be read: %s".formatted(folder, e)));
        }
    }

    /**
     * Finds a script.
     *
     * @param nameOrPath the name of a script in the folder, or the path of a file anywhere that ends in {@code .yml} or
     *     {@code .yaml}
     * @throws ScriptException when there is no such script; the message lists those that exist
     */
    public Path find(String nameOrPath) {
        if (names().contains(nameOrPath)) {
            return folder.resolve(nameOrPath + ENDING);
        }
        if (nameOrPath.endsWith(ENDING) || nameOrPath.endsWith(".yaml")) {
            return file(nameOrPath);
        }
        throw new ScriptException(List.of(
                "there is no simulation called \"%s\"%s".formatted(Texts.shown(nameOrPath), known(nameOrPath))));
    }

    private Path file(String path) {
        try {
            Path file = Path.of(path);
            if (Files.isRegularFile(file)) {
                return file;
            }
        } catch (InvalidPathException e) {
            throw new ScriptException(
                    List.of("\"%s\" is not the path of a file: %s".formatted(Texts.shown(path), e.getReason())));
        }
        throw new ScriptException(List.of(
                "there is no file \"%s\"%s".formatted(Texts.shown(path), known(ScriptReader.nameOf(Path.of(path))))));
    }

    private String known(String name) {
        List<String> names = names();
        String all = names.isEmpty()
                ? "there are none in the folder " + folder
                : "the folder %s has %s".formatted(folder, String.join(", ", names));
        return Texts.closest(name, names)
                .map(close -> "; did you mean %s? (%s)".formatted(close, all))
                .orElse("; " + all);
    }
}

package dev.stabilitylab.lab.docs;

import dev.stabilitylab.lab.script.ScriptException;
import dev.stabilitylab.lab.script.ScriptReader;
import dev.stabilitylab.lab.script.Simulation;
import dev.stabilitylab.lab.script.SimulationLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The pages of the walkthrough: {@code docs/simulations/NAME.md} for the script {@code simulations/NAME.yml}. */
public final class SimulationPages {

    private static final String ENDING = ".md";
    private static final String CONTENTS = "README";

    private final Path home;
    private final Path folder;
    private final SimulationLibrary scripts;

    /**
     * Those of a project.
     *
     * @param home the project's folder
     */
    public SimulationPages(Path home) {
        this.home = home.toAbsolutePath().normalize();
        this.folder = this.home.resolve("docs/simulations");
        this.scripts = new SimulationLibrary(this.home.resolve("simulations"));
    }

    /**
     * The names of the pages, in alphabetical order; the table of contents is none of them.
     *
     * @throws IOException when the folder cannot be read
     */
    public List<String> names() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(ENDING))
                    .map(name -> name.substring(0, name.length() - ENDING.length()))
                    .filter(name -> !name.equals(CONTENTS))
                    .sorted()
                    .toList();
        }
    }

    /**
     * The page of a simulation.
     *
     * @throws ScriptException when there is no such page, or no script for it that can be read
     * @throws IOException when the page cannot be read
     */
    public SimulationPage page(String name) throws IOException {
        if (!names().contains(name)) {
            throw new ScriptException(List.of("there is no page for \"%s\" in docs/simulations; there are %s"
                    .formatted(name, String.join(", ", names()))));
        }
        Simulation simulation = ScriptReader.read(scripts.find(name));
        Path pictures = home.resolve("docs/pictures").resolve(name);
        return new SimulationPage(home, folder.resolve(name + ENDING), pictures, simulation);
    }

    /**
     * Checks pages without playing anything.
     *
     * @param names of the pages
     * @return everything that is wrong, a line each; empty when all is well
     * @throws IOException when a page cannot be read
     */
    public List<String> problems(List<String> names) throws IOException {
        List<String> problems = new ArrayList<>();
        for (String name : names) {
            try {
                problems.addAll(page(name).problems());
            } catch (ScriptException e) {
                e.problems().forEach(problem -> problems.add("docs/simulations/%s.md: %s".formatted(name, problem)));
            }
        }
        return problems;
    }
}

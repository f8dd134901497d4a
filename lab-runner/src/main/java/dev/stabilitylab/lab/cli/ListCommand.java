package dev.stabilitylab.lab.cli;

import dev.stabilitylab.lab.report.terminal.ScriptList;
import dev.stabilitylab.lab.report.terminal.ScriptList.Entry;
import dev.stabilitylab.lab.report.terminal.Terminal;
import dev.stabilitylab.lab.run.SimulationRunner;
import dev.stabilitylab.lab.script.ScriptException;
import dev.stabilitylab.lab.script.ScriptReader;
import dev.stabilitylab.lab.script.Simulation;
import dev.stabilitylab.lab.script.SimulationLibrary;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./lab list}: the scripts that can be played by name. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Show the scripts in simulations/: name, variants, how long they take, and title.",
        footer = {"", "Exit status: 2 when a script cannot be read."})
final class ListCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Path folder = ProjectHome.path().resolve("simulations");
        SimulationLibrary library = new SimulationLibrary(folder);
        List<Entry> scripts = library.names().stream()
                .map(name -> entry(name, library.find(name)))
                .toList();
        if (scripts.isEmpty()) {
            out.println("There is no script in %s. ./lab new NAME writes one to start from.".formatted(folder));
        } else {
            new ScriptList(Terminal.standardOutput()).print(scripts, out);
        }
        out.flush();
        boolean readable = scripts.stream().allMatch(script -> script.takes() != null);
        return readable ? ExitStatus.HELD : ExitStatus.COULD_NOT_RUN;
    }

    private static Entry entry(String name, Path file) {
        try {
            Simulation simulation = ScriptReader.read(file);
            return new Entry(
                    name, simulation.variants().size(), SimulationRunner.playingTime(simulation), simulation.title());
        } catch (ScriptException bad) {
            int problems = bad.problems().size();
            return new Entry(
                    name,
                    0,
                    null,
                    "cannot be read: %d %s, which ./lab run %s names"
                            .formatted(problems, problems == 1 ? "problem" : "problems", name));
        }
    }
}

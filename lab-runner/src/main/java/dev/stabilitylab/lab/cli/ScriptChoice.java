package dev.stabilitylab.lab.cli;

import dev.stabilitylab.lab.script.ScriptException;
import dev.stabilitylab.lab.script.ScriptReader;
import dev.stabilitylab.lab.script.Simulation;
import dev.stabilitylab.lab.script.SimulationLibrary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What a person wants to be played. */
final class ScriptChoice {

    @Parameters(
            arity = "0..1",
            paramLabel = "SCRIPT",
            description = "The name of a script in simulations/, or the path of a .yml file anywhere.")
    private @Nullable String script;

    @Option(
            names = "--all",
            description = "Play every script in simulations/, one after another, each with a system of its own.")
    private boolean all;

    @Option(names = "--variant", paramLabel = "NAME", description = "Play only this variant; repeatable.")
    private List<String> variants = List.of();

    @Option(
            names = "--time-scale",
            paramLabel = "X",
            defaultValue = "1",
            description =
                    "Make the script's phases longer or shorter, 0.05 to 10; policies keep their times. Default 1.")
    private double timeScale;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    boolean isAll() {
        return all;
    }

    double timeScale() {
        return timeScale;
    }

    /**
     * Reads all of it, scaled, before anything is played: a mistake in the last script must not cost an hour.
     *
     * @throws ScriptException with the problems of every script
     */
    List<Simulation> read(Path home) {
        SimulationLibrary library = new SimulationLibrary(home.resolve("simulations"));
        if (!all) {
            return List.of(VariantChoice.of(simulation(library.find(script())), variants));
        }
        requireNothingElse();
        List<Simulation> simulations = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (String name : library.names()) {
            try {
                simulations.add(simulation(library.find(name)));
            } catch (ScriptException bad) {
                problems.addAll(bad.problems());
            }
        }
        if (simulations.isEmpty() && problems.isEmpty()) {
            problems.add("There is no script in %s.".formatted(home.resolve("simulations")));
        }
        if (!problems.isEmpty()) {
            throw new ScriptException(problems);
        }
        return simulations;
    }

    private Simulation simulation(Path file) {
        return ScriptReader.read(file).scaled(timeScale);
    }

    private String script() {
        if (script == null) {
            throw new ParameterException(
                    command.commandLine(), "Nothing to play: name a SCRIPT (./lab list shows them), or say --all.");
        }
        return script;
    }

    private void requireNothingElse() {
        if (script != null) {
            throw new ParameterException(
                    command.commandLine(), "--all plays every script; leave out %s, or --all.".formatted(script));
        }
        if (!variants.isEmpty()) {
            throw new ParameterException(
                    command.commandLine(),
                    "--variant is %s; it goes with one SCRIPT only, not with --all."
                            .formatted(String.join(", ", variants)));
        }
    }
}

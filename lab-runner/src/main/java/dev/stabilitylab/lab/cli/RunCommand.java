package dev.stabilitylab.lab.cli;

import dev.stabilitylab.lab.run.PlaybackOptions;
import dev.stabilitylab.lab.script.Simulation;
import dev.stabilitylab.lab.world.WorldException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./lab run}: plays scripts and judges what came of them. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Play a simulation: start the system, or attach to one; load it, break it, record, judge and report.",
        footer = {
            "",
            "Exit status: 0 when every expectation held, with --repeat in at least nine",
            "tenths of the runs; 1 when one fell short; 2 when it could not be run; with",
            "--all the worst of all scripts. 130 after Ctrl-C and 143 after SIGTERM, with",
            "all faults healed and every process ended, or with everything put back in a",
            "system that was up already."
        })
final class RunCommand implements Callable<Integer> {

    private static final int MAX_RUNS = 100;

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private ScriptChoice scripts;

    @Option(
            names = "--repeat",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "Play it N times in the same system, 1 to " + MAX_RUNS
                            + ", and report medians; default 1. Each run has a seed of its own, one above that of the run before.")
    private int runs;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "Where the report goes, with --all in a folder for each script; default out/SCRIPT in the project's folder.")
    private @Nullable Path out;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of the load's random arrivals; default 1.")
    private long seed;

    @Option(names = "--json", description = "Print the result as JSON, and everything else on standard error.")
    private boolean json;

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private WorldChoice worlds;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (runs < 1 || runs > MAX_RUNS) {
            throw new ParameterException(
                    spec.commandLine(), "--repeat is %d; it must be from 1 to %d.".formatted(runs, MAX_RUNS));
        }
        Path home = ProjectHome.path();
        List<Simulation> simulations = scripts.read(home);
        List<Path> folders = new ArrayList<>();
        for (Simulation simulation : simulations) {
            folders.add(OutputDirectory.prepare(folder(home, simulation)));
        }
        PlaybackOptions options = new PlaybackOptions(home, scripts.timeScale(), seed, runs);
        ScriptPlayer player =
                new ScriptPlayer(worlds, options, spec.commandLine().getErr());
        RunOutput output = new RunOutput(
                json, spec.commandLine().getOut(), spec.commandLine().getErr());
        return scripts.isAll()
                ? playAll(simulations, folders, player, output)
                : playOne(simulations.get(0), folders.get(0), player, output);
    }

    private Path folder(Path home, Simulation simulation) {
        if (out == null) {
            return home.resolve("out").resolve(simulation.name());
        }
        return scripts.isAll() ? out.resolve(simulation.name()) : out;
    }

    private static int playOne(Simulation simulation, Path folder, ScriptPlayer player, RunOutput output)
            throws IOException, InterruptedException {
        Optional<PlayedScript> played = player.play(simulation, folder);
        if (played.isEmpty()) {
            return ExitStatus.COULD_NOT_RUN;
        }
        output.print(played.get());
        output.end(played.get());
        return played.get().status();
    }

    private static int playAll(List<Simulation> simulations, List<Path> folders, ScriptPlayer player, RunOutput output)
            throws IOException, InterruptedException {
        List<PlayedScript> all = new ArrayList<>();
        for (int i = 0; i < simulations.size(); i++) {
            output.begin(simulations.get(i), i + 1, simulations.size());
            Optional<PlayedScript> played = playOrExplain(simulations.get(i), folders.get(i), player);
            if (played.isEmpty()) {
                return ExitStatus.COULD_NOT_RUN;
            }
            output.print(played.get());
            all.add(played.get());
        }
        output.end(all);
        return all.stream().mapToInt(PlayedScript::status).max().orElse(ExitStatus.HELD);
    }

    /** One that cannot be played must not keep the others from it. */
    private static Optional<PlayedScript> playOrExplain(Simulation simulation, Path folder, ScriptPlayer player)
            throws InterruptedException {
        long begin = System.nanoTime();
        try {
            return player.play(simulation, folder);
        } catch (WorldException failure) {
            return Optional.of(new PlayedScript(
                    simulation.name(),
                    new ScriptOutcome.NotPlayed(simulation.name(), String.valueOf(failure.getMessage())),
                    ExitStatus.COULD_NOT_RUN,
                    List.of(),
                    Duration.ofNanos(System.nanoTime() - begin),
                    folder));
        }
    }
}

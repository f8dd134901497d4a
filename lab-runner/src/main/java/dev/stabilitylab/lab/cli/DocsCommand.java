package dev.stabilitylab.lab.cli;

import dev.stabilitylab.lab.docs.PlayedRun;
import dev.stabilitylab.lab.docs.Player;
import dev.stabilitylab.lab.docs.SimulationPage;
import dev.stabilitylab.lab.docs.SimulationPages;
import dev.stabilitylab.lab.report.png.PngUnavailableException;
import dev.stabilitylab.lab.run.PlaybackOptions;
import dev.stabilitylab.lab.script.Simulation;
import dev.stabilitylab.lab.world.WorldException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./lab docs}: fills the pages of the walkthrough. */
@Command(
        name = "docs",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Play the simulations that have a page in docs/simulations, draw their pictures and fill the generated blocks of the pages.",
        footer = {
            "",
            "Exit status: 0 when all is well, 1 when an expectation fell short (the page is filled all the same) or",
            "--check found something, 2 when it could not be done; 130 after Ctrl-C and 143 after SIGTERM."
        })
final class DocsCommand implements Callable<Integer> {

    private static final int WELL = 0;
    private static final int FELL_SHORT = 1;
    private static final int COULD_NOT_RUN = 2;
    private static final int MOST_RUNS = 100;

    @Parameters(
            paramLabel = "NAME",
            arity = "0..*",
            description = "Pages, by the names of their scripts; default all of them.")
    private List<String> names = List.of();

    @ArgGroup
    private Instead instead = new Instead();

    @Option(
            names = "--repeat",
            paramLabel = "N",
            defaultValue = "1",
            description = "Play each simulation N times, 1 to " + MOST_RUNS + "; tables then show medians. Default 1.")
    private int runs;

    @Option(
            names = "--time-scale",
            paramLabel = "X",
            defaultValue = "1",
            description = "Play faster or slower, 0.05 to 10, for a look: such figures are not for keeping. Default 1.")
    private double timeScale;

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private PortOffset ports;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    /** What can be done without playing anything. */
    private static final class Instead {

        @Option(names = "--check", description = "Play nothing; say what is wrong with the pages.")
        private boolean check;

        @Option(
                names = "--quotes",
                description = "Play nothing; renew only what the pages show of files: code, settings, timelines.")
        private boolean quotes;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        // Anything else would be done a while before it is refused.
        if (runs < 1 || runs > MOST_RUNS) {
            throw new ParameterException(
                    spec.commandLine(), "--repeat is %d; it must be from 1 to %d.".formatted(runs, MOST_RUNS));
        }
        Path home = ProjectHome.path();
        SimulationPages pages = new SimulationPages(home);
        List<String> chosen = names.isEmpty() ? pages.names() : names;
        if (instead.check) {
            return check(pages, chosen);
        }
        Map<SimulationPage, Simulation> scaled = new LinkedHashMap<>();
        for (String name : chosen) {
            SimulationPage page = pages.page(name);
            page.requireSound();
            scaled.put(page, page.simulation().scaled(timeScale));
        }
        return instead.quotes ? renew(scaled.keySet()) : fill(home, scaled);
    }

    private int check(SimulationPages pages, List<String> chosen) throws IOException {
        List<String> problems = pages.problems(chosen);
        problems.forEach(this::say);
        return problems.isEmpty() ? WELL : FELL_SHORT;
    }

    private int renew(Iterable<SimulationPage> pages) throws IOException {
        for (SimulationPage page : pages) {
            say("%s: %s".formatted(page.simulation().name(), page.refresh() ? "renewed" : "nothing has changed"));
        }
        return WELL;
    }

    private int fill(Path home, Map<SimulationPage, Simulation> scaled) throws IOException, InterruptedException {
        Player player = new LocalPlayer(
                new PlaybackOptions(home, timeScale, 1, runs),
                ports.offset(),
                spec.commandLine().getErr());
        boolean held = true;
        for (Map.Entry<SimulationPage, Simulation> entry : scaled.entrySet()) {
            List<PlayedRun> played = player.play(entry.getValue());
            if (played.isEmpty()) {
                return COULD_NOT_RUN;
            }
            fill(entry.getKey(), entry.getValue(), played);
            held &= played.stream().allMatch(run -> run.result().held());
        }
        return held ? WELL : FELL_SHORT;
    }

    private void fill(SimulationPage page, Simulation simulation, List<PlayedRun> played) throws IOException {
        try {
            List<Path> pictures = page.fill(simulation, played);
            long held = played.stream().filter(run -> run.result().held()).count();
            say("%s: filled, with %d pictures; every expectation held in %d of %d runs"
                    .formatted(simulation.name(), pictures.size(), held, played.size()));
        } catch (PngUnavailableException e) {
            throw new WorldException("%s: not filled. %s".formatted(simulation.name(), e.getMessage()));
        }
    }

    private void say(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }
}

package dev.stabilitylab.lab.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.stabilitylab.lab.grafana.Annotations;
import dev.stabilitylab.lab.record.Recording;
import dev.stabilitylab.lab.record.RunListener;
import dev.stabilitylab.lab.report.ReportWriter;
import dev.stabilitylab.lab.report.WrittenReport;
import dev.stabilitylab.lab.report.terminal.ConsoleReport;
import dev.stabilitylab.lab.report.terminal.LiveDisplay;
import dev.stabilitylab.lab.report.terminal.LiveTicker;
import dev.stabilitylab.lab.report.terminal.Terminal;
import dev.stabilitylab.lab.run.Environment;
import dev.stabilitylab.lab.run.SimulationRunner;
import dev.stabilitylab.lab.script.ScriptReader;
import dev.stabilitylab.lab.script.Simulation;
import dev.stabilitylab.lab.script.SimulationLibrary;
import dev.stabilitylab.lab.verdict.Judge;
import dev.stabilitylab.lab.verdict.Judgement;
import dev.stabilitylab.lab.verdict.RunResult;
import dev.stabilitylab.lab.world.World;
import dev.stabilitylab.lab.world.WorldException;
import dev.stabilitylab.lab.world.local.LocalWorld;
import dev.stabilitylab.lab.world.local.LocalWorldOptions;
import dev.stabilitylab.lab.world.remote.RemoteWorld;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./lab run}: plays a script and judges what came of it. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Play a simulation: start the system, or attach to one; load it, break it, record, judge and report.",
        footer = {
            "",
            "Exit status: 0 when every expectation held, 1 when one fell short, 2 when it could not be run;",
            "130 after Ctrl-C and 143 after SIGTERM, with all faults healed and every process ended, or with",
            "everything put back in a system that was up already."
        })
final class RunCommand implements Callable<Integer> {

    private static final int HELD = 0;
    private static final int FELL_SHORT = 1;
    private static final int COULD_NOT_RUN = 2;

    @Parameters(
            paramLabel = "SCRIPT",
            description = "The name of a script in simulations/, or the path of a .yml file anywhere.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String script;

    @Option(names = "--variant", paramLabel = "NAME", description = "Play only this variant; repeatable.")
    private List<String> variants = List.of();

    @Option(
            names = "--time-scale",
            paramLabel = "X",
            defaultValue = "1",
            description =
                    "Make the script's phases longer or shorter, 0.05 to 10; policies keep their times. Default 1.")
    private double timeScale;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where the report goes; default out/SCRIPT in the project's folder.")
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
    private PortOffset ports;

    @Option(
            names = "--attach",
            description =
                    "Play it against a system that is up already: at the addresses of --system or LAB_SYSTEM, or at those of docker compose and ./lab up on this machine.")
    private boolean attach;

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private SystemAddresses system;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path home = ProjectHome.path();
        Simulation simulation = simulation(home);
        Path directory =
                OutputDirectory.prepare(out == null ? home.resolve("out").resolve(simulation.name()) : out);
        Map<String, Object> environment = Environment.describe(home, seed, timeScale);
        LiveDisplay display = new LiveDisplay(err(), Terminal.standardError(), System::nanoTime);
        World world = world(home, directory, simulation, display);
        StopSignal stop = StopSignal.closing(world, display::event);

        List<Recording> recordings;
        try (world) {
            recordings = play(world, simulation, display);
        } catch (WorldException failure) {
            if (stop.isNear()) {
                return COULD_NOT_RUN;
            }
            throw failure;
        }
        Judgement judgement = Judge.judge(simulation, recordings, world.name(), environment);
        report(simulation, recordings, judgement, world.notes(), directory);
        return judgement.result().held() ? HELD : FELL_SHORT;
    }

    private World world(Path home, Path directory, Simulation simulation, LiveDisplay display) {
        return attach || system.isGiven()
                ? new RemoteWorld(system.read(ports.offset()), simulation.system(), display::event)
                : new LocalWorld(new LocalWorldOptions(
                        home, directory.resolve("logs"), ports.offset(), simulation.system(), display::event));
    }

    private Simulation simulation(Path home) {
        Path file = new SimulationLibrary(home.resolve("simulations")).find(script);
        return VariantChoice.of(ScriptReader.read(file).scaled(timeScale), variants);
    }

    private List<Recording> play(World world, Simulation simulation, LiveDisplay display) throws InterruptedException {
        world.start();
        try (Annotations annotations = annotations(world, display)) {
            RunListener listener = annotations == null ? RunListener.NONE : annotations;
            SimulationRunner runner = new SimulationRunner(world, simulation, seed, display::event, listener);
            LiveTicker ticker = new LiveTicker(display, runner::status);
            try {
                return runner.play();
            } finally {
                ticker.close();
            }
        }
    }

    /** Only for a system that was up: one that the lab starts is on nobody's dashboards. */
    private @Nullable Annotations annotations(World world, LiveDisplay display) throws InterruptedException {
        URI grafana = world instanceof RemoteWorld remote ? remote.grafana() : null;
        return grafana == null ? null : Annotations.at(grafana, System.getenv("LAB_GRAFANA_TOKEN"), display::event);
    }

    private void report(
            Simulation simulation, List<Recording> recordings, Judgement judgement, List<String> notes, Path directory)
            throws IOException {
        RunResult result = judgement.result();
        PrintWriter text = json ? err() : spec.commandLine().getOut();
        text.println();
        new ConsoleReport(json ? Terminal.standardError() : Terminal.standardOutput()).print(result, text);
        judgement.notes().forEach(text::println);
        notes.forEach(text::println);
        text.flush();
        if (json) {
            printJson(result);
        }
        // Last, since a full disk must not cost the verdict.
        WrittenReport written = ReportWriter.write(simulation, recordings, result, directory);
        written.notes().forEach(text::println);
        text.println("Report: " + directory.resolve("report.html"));
        text.flush();
    }

    private void printJson(RunResult result) throws JsonProcessingException {
        PrintWriter stdout = spec.commandLine().getOut();
        stdout.println(
                new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(result));
        stdout.flush();
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}

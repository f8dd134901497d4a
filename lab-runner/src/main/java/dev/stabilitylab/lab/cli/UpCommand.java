package dev.stabilitylab.lab.cli;

import dev.stabilitylab.lab.script.Simulation.SystemSpec;
import dev.stabilitylab.lab.world.WorldException;
import dev.stabilitylab.lab.world.local.LocalWorld;
import dev.stabilitylab.lab.world.local.LocalWorldOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./lab up}: the system without a script, to be played with by hand. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Start the services and the fault injector on this machine, until Ctrl-C.",
        footer = {
            "",
            "Exit status: 2 when a part cannot be started or dies; 130 after Ctrl-C and 143 after SIGTERM,",
            "with all faults healed and every process ended."
        })
final class UpCommand implements Callable<Integer> {

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private PortOffset ports;

    @Option(
            names = "--homepages",
            paramLabel = "N",
            defaultValue = "1",
            description = "Instances of the homepage service, 1 to 8; default 1.")
    private int homepages;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Path home = ProjectHome.path();
        Path logs = home.resolve("out").resolve(ports.offset() == 0 ? "up" : "up-" + ports.offset());
        PrintWriter err = spec.commandLine().getErr();
        LocalWorld world = new LocalWorld(new LocalWorldOptions(
                home, logs, ports.offset(), new SystemSpec(homepages, Map.of()), line -> print(err, line)));
        StopSignal stop = StopSignal.closing(world, line -> print(err, line));
        try (world) {
            world.start();
            print(spec.commandLine().getOut(), UpSummary.of(world, logs));
            world.awaitDeath();
        } catch (WorldException failure) {
            if (!stop.isNear()) {
                throw failure;
            }
        }
        return ExitStatus.COULD_NOT_RUN;
    }

    private static void print(PrintWriter writer, String text) {
        writer.println(text);
        writer.flush();
    }
}

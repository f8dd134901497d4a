package dev.stabilitylab.lab.cli;

import dev.stabilitylab.lab.script.Simulation.SystemSpec;
import dev.stabilitylab.lab.world.LocalWorld;
import dev.stabilitylab.lab.world.LocalWorldOptions;
import dev.stabilitylab.lab.world.WorldException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
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

    private static final int FAILED = 2;
    /** Ctrl-C reaches the services, too: one that ends just before our own shutdown hook runs did not die. */
    private static final long HOOK_MAY_BE_LATE_MILLIS = 500;

    @Option(
            names = "--port-offset",
            paramLabel = "N",
            defaultValue = "0",
            description = "Add N to every port, 0 to 40000; default 0.")
    private int portOffset;

    @Option(
            names = "--homepages",
            paramLabel = "N",
            defaultValue = "1",
            description = "Instances of the homepage service, 1 to 8; default 1.")
    private int homepages;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    private final CountDownLatch stopping = new CountDownLatch(1);

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        try {
            LocalWorldOptions options = options(err);
            LocalWorld world = new LocalWorld(options);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(world, err), "stop"));
            return run(world, options.logs());
        } catch (WorldException e) {
            print(err, String.valueOf(e.getMessage()));
            return FAILED;
        }
    }

    private LocalWorldOptions options(PrintWriter err) {
        Path home = Path.of(System.getProperty("lab.home", ""));
        Path logs = home.resolve("out").resolve(portOffset == 0 ? "up" : "up-" + portOffset);
        SystemSpec system = new SystemSpec(homepages, Map.of());
        return new LocalWorldOptions(home, logs, portOffset, system, line -> print(err, line));
    }

    private int run(LocalWorld world, Path logs) throws InterruptedException {
        try (world) {
            world.start();
            print(spec.commandLine().getOut(), UpSummary.of(world, logs));
            world.awaitDeath();
        } catch (WorldException e) {
            if (!stopping.await(HOOK_MAY_BE_LATE_MILLIS, TimeUnit.MILLISECONDS)) {
                throw e;
            }
        }
        return FAILED;
    }

    /** Runs as a shutdown hook, after a signal and also after a failure; then there is nothing to be said about it. */
    private void stop(LocalWorld world, PrintWriter err) {
        boolean asked = !world.isClosed();
        if (asked) {
            stopping.countDown();
            print(err, "Stopping…");
        }
        world.close();
        if (asked) {
            print(err, "Stopped.");
        }
    }

    private static void print(PrintWriter writer, String text) {
        writer.println(text);
        writer.flush();
    }
}

package dev.stabilitylab.lab.cli;

import dev.stabilitylab.lab.load.LoadGenerator;
import dev.stabilitylab.lab.script.LoadSpec;
import dev.stabilitylab.lab.time.RunClock;
import dev.stabilitylab.lab.world.World.Instance;
import dev.stabilitylab.lab.world.WorldException;
import dev.stabilitylab.lab.world.remote.Addresses;
import dev.stabilitylab.lab.world.remote.Discovery;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./lab visit}: a few pages a second, so that graphs have something to show. */
@Command(
        name = "visit",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Ask a system that is up for a few pages a second, until Ctrl-C.",
        footer = {"", "Exit status: 2 when it cannot begin; 130 after Ctrl-C and 143 after SIGTERM."})
final class VisitCommand implements Callable<Integer> {

    private static final int MAX_RATE = 1000;
    private static final int MAX_IN_FLIGHT = 1000;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String ADA = "Token 0x132";
    /** Instances come and go; so often it looks where they are. */
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(10);

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "2",
            description = "Pages a second, above 0 and up to " + MAX_RATE + "; default 2.")
    private double rate;

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private SystemAddresses system;

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private PortOffset ports;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        // A comparison with NaN is false, so this refuses it too.
        if (!(rate > 0 && rate <= MAX_RATE)) {
            throw new ParameterException(
                    spec.commandLine(), "--rate is %s; it must be above 0 and up to %d.".formatted(rate, MAX_RATE));
        }
        Addresses addresses = system.read(ports.offset());
        List<Instance> instances = Discovery.ofPages(addresses);
        while (true) {
            visit(instances, addresses);
            instances = find(addresses, instances);
        }
    }

    /** Returns when the instances are no longer these. */
    private void visit(List<Instance> instances, Addresses addresses) throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        out.println("Asking %d homepage %s for %s pages a second."
                .formatted(instances.size(), instances.size() == 1 ? "instance" : "instances", rate));
        out.flush();
        LoadSpec load = new LoadSpec.Open(rate, LoadSpec.Arrival.POISSON, MAX_IN_FLIGHT, PATIENCE, ADA);
        long seed = System.nanoTime();
        try (LoadGenerator visitors = LoadGenerator.start(load, instances, RunClock.startNow(), seed, page -> {})) {
            do {
                TimeUnit.NANOSECONDS.sleep(BETWEEN_LOOKS.toNanos());
            } while (find(addresses, instances).equals(instances));
            visitors.stop();
        }
    }

    /** Where the instances are now; where they were, when none can be found: they may come back. */
    private static List<Instance> find(Addresses addresses, List<Instance> before) {
        try {
            return Discovery.ofPages(addresses);
        } catch (WorldException nobody) {
            return before;
        }
    }
}

package dev.stabilitylab.faultinjector;

import dev.stabilitylab.faultinjector.control.AllowedCallers;
import dev.stabilitylab.faultinjector.control.ConfigFile;
import dev.stabilitylab.faultinjector.proxy.Address;
import dev.stabilitylab.faultinjector.proxy.Lookup;
import dev.stabilitylab.faultinjector.proxy.ProxySettings;
import dev.stabilitylab.faultinjector.proxy.RefusedException;
import dev.stabilitylab.faultinjector.proxy.WantedProxy;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program and its command line. */
@Command(
        name = "fault-injector",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description =
                "A TCP proxy in front of every upstream, and an HTTP API in Toxiproxy's shape that makes it fail.")
final class FaultInjectorCommand implements Callable<Integer> {

    private static final Logger log = LoggerFactory.getLogger(FaultInjectorCommand.class);

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--host",
            paramLabel = "HOST",
            defaultValue = "127.0.0.1",
            description = "Host at which the control API listens; default: ${DEFAULT-VALUE}.")
    private String host = "";

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8474",
            description = "Port of the control API, 0 for any free one; default: ${DEFAULT-VALUE}.")
    private String port = "";

    @Option(
            names = "--allow-host",
            paramLabel = "HOST",
            description =
                    "A name or IP address by which clients may call the control API, besides localhost, loopback addresses"
                            + " and --host; can be given many times. Needed when --host is not a loopback address.")
    private List<String> allowedHosts = new ArrayList<>();

    @Mixin
    private ProxyOptions proxies = new ProxyOptions();

    @Option(
            names = "--seed",
            paramLabel = "NUMBER",
            description = "Seed of all randomness, to repeat a run; default: another one each time, which is printed.")
    private @Nullable Long seed;

    @Option(
            names = "--stop-when-orphaned",
            description = "Stop when standard input ends, as it does when the process at its other end dies.")
    private boolean stopWhenOrphaned;

    public static void main(String[] args) {
        avoidUnsafe();
        OutOfMemory.endsTheProcess();
        System.exit(commandLine().execute(args));
    }

    /** Netty can do without {@code sun.misc.Unsafe}, and a JDK from 24 on prints a warning when it is used. */
    private static void avoidUnsafe() {
        if (Runtime.version().feature() >= 24 && System.getProperty("io.netty.noUnsafe") == null) {
            System.setProperty("io.netty.noUnsafe", "true");
        }
    }

    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new FaultInjectorCommand());
        line.getCommandSpec().version("fault-injector " + version());
        return line.registerConverter(ProxySettings.class, ProxyOptions::proxy)
                .setParameterExceptionHandler((e, args) -> {
                    line.getErr().println(line.getCommandName() + ": " + e.getMessage());
                    return CommandLine.ExitCode.USAGE;
                });
    }

    /** From the jar's manifest. */
    private static String version() {
        return Objects.requireNonNullElse(
                FaultInjectorCommand.class.getPackage().getImplementationVersion(), "development");
    }

    @Override
    public Integer call() throws InterruptedException {
        long started = System.nanoTime();
        Address control = controlAddress();
        if (!control.isLoopback() && allowedHosts.isEmpty()) {
            throw bad(
                    "--host is %s, so whoever reaches this machine could break things; if that is meant, say with --allow-host"
                                    .formatted(host)
                            + " by which name or IP address clients call it");
        }
        long chosenSeed = seed == null ? new SplittableRandom().nextLong() : seed;
        try (FaultInjector injector = start(control, chosenSeed)) {
            Runtime.getRuntime().addShutdownHook(new Thread(injector::close, "shutdown"));
            log.info("control API: listening at http://{}", new Address(control.host(), injector.controlPort()));
            warnWhenOpen(control);
            log.info("ready after {} ms, seed {}", (System.nanoTime() - started) / 1_000_000, chosenSeed);
            CountDownLatch stop = new CountDownLatch(1);
            if (stopWhenOrphaned) {
                Thread orphanhood = new Thread(() -> awaitEndOfInput(stop), "orphanhood");
                orphanhood.setDaemon(true);
                orphanhood.start();
            }
            stop.await();
        }
        return CommandLine.ExitCode.OK;
    }

    private FaultInjector start(Address control, long chosenSeed) {
        List<String> hosts = new ArrayList<>(allowedHosts);
        hosts.add(control.host());
        try {
            Optional<ConfigFile> config = proxies.configFile();
            List<WantedProxy> wanted = proxies.wanted(config);
            return new FaultInjector(
                    control,
                    new AllowedCallers(hosts),
                    wanted,
                    proxies.allowed(wanted),
                    config,
                    Lookup.system(),
                    chosenSeed,
                    version());
        } catch (RefusedException | IllegalArgumentException e) {
            throw bad(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw bad("the control API cannot listen at %s: %s; free the port or choose another with --port"
                    .formatted(control, e.getMessage()));
        }
    }

    private Address controlAddress() {
        String hostPart = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
        try {
            return Address.listen(hostPart + ":" + port);
        } catch (IllegalArgumentException e) {
            throw bad("--host is \"%s\" and --port is \"%s\"; they must be a host and a port from 0 to 65535"
                    .formatted(host, port));
        }
    }

    private static void warnWhenOpen(Address control) {
        try {
            if (!InetAddress.getByName(control.host()).isLoopbackAddress()) {
                log.warn("control API: whoever reaches {} can break things; it asks for no password", control.host());
            }
        } catch (IOException e) {
            log.debug("{} was there a moment ago", control.host(), e);
        }
    }

    /** The parent process holds the other end open, so this end tells when it has died. */
    private static void awaitEndOfInput(CountDownLatch stop) {
        try {
            // Not skip(): that seeks, which a pipe refuses.
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            log.debug("Standard input ended", e);
        }
        log.info("standard input has ended, stopping");
        stop.countDown();
    }

    private ParameterException bad(String message) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
    }
}

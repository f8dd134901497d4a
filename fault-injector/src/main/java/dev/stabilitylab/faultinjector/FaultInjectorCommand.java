package dev.stabilitylab.faultinjector;

import dev.stabilitylab.faultinjector.control.ProxyJson;
import dev.stabilitylab.faultinjector.proxy.Address;
import dev.stabilitylab.faultinjector.proxy.AllowedUpstreams;
import dev.stabilitylab.faultinjector.proxy.Lookup;
import dev.stabilitylab.faultinjector.proxy.ProxySettings;
import dev.stabilitylab.faultinjector.proxy.RefusedException;
import dev.stabilitylab.faultinjector.proxy.WantedProxy;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line. */
@Command(
        name = "fault-injector",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
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
            names = "--proxy",
            paramLabel = "NAME=LISTEN,UPSTREAM",
            converter = ProxyOption.class,
            description = "A proxy, e.g. auth=127.0.0.1:18000,127.0.0.1:8000. Can be given many times.")
    private List<ProxySettings> proxies = new ArrayList<>();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Proxies from a file: a JSON array of objects with name, listen, upstream and enabled.")
    private @Nullable Path config;

    @Option(
            names = "--allow-upstream",
            paramLabel = "HOST:PORT",
            description =
                    "An address to which proxies that are added later may connect, besides those of this machine and of"
                            + " --proxy and --config; can be given many times. \"any\" allows all.")
    private List<String> allowedUpstreams = new ArrayList<>();

    @Option(
            names = "--seed",
            paramLabel = "NUMBER",
            description = "Seed of all randomness, to repeat a run; default: another one each time, which is printed.")
    private @Nullable Long seed;

    @Option(
            names = "--stop-when-orphaned",
            description = "Stop when standard input ends, as it does when the process at its other end dies.")
    private boolean stopWhenOrphaned;

    @Override
    public Integer call() throws InterruptedException {
        long started = System.nanoTime();
        Address control = controlAddress();
        List<WantedProxy> wanted = wantedProxies();
        AllowedUpstreams allowed = allowed(wanted);
        long chosenSeed = seed == null ? new SplittableRandom().nextLong() : seed;
        try (FaultInjector injector = start(control, wanted, allowed, chosenSeed)) {
            Runtime.getRuntime().addShutdownHook(new Thread(injector::close, "shutdown"));
            log.info("control API: listening at http://{}", new Address(control.host(), injector.controlPort()));
            warnWhenOpen(control);
            log.info("ready after {} ms, seed {}", (System.nanoTime() - started) / 1_000_000, chosenSeed);
            CountDownLatch stop = new CountDownLatch(1);
            if (stopWhenOrphaned) {
                new Orphanhood(System.in, stop::countDown).watch();
            }
            stop.await();
        }
        return CommandLine.ExitCode.OK;
    }

    private FaultInjector start(Address control, List<WantedProxy> wanted, AllowedUpstreams allowed, long chosenSeed) {
        try {
            return new FaultInjector(control, wanted, allowed, Lookup.system(), chosenSeed, Version.current());
        } catch (RefusedException e) {
            throw bad(e.getMessage());
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

    private List<WantedProxy> wantedProxies() {
        List<WantedProxy> all = new ArrayList<>();
        proxies.forEach(settings -> all.add(WantedProxy.lasting(settings)));
        if (config != null) {
            all.addAll(read(config));
        }
        Set<String> names = new HashSet<>();
        for (WantedProxy one : all) {
            String name = one.settings().name();
            if (!names.add(name)) {
                throw bad("proxy %s is there twice; names must differ".formatted(name));
            }
        }
        return all;
    }

    private AllowedUpstreams allowed(List<WantedProxy> wanted) {
        if (allowedUpstreams.contains("any")) {
            return AllowedUpstreams.any();
        }
        List<Address> all = new ArrayList<>();
        wanted.forEach(one -> all.add(one.settings().upstream()));
        for (String text : allowedUpstreams) {
            try {
                all.add(Address.upstream(text));
            } catch (IllegalArgumentException e) {
                throw bad("--allow-upstream: %s, or \"any\"".formatted(e.getMessage()));
            }
        }
        return AllowedUpstreams.loopbackAnd(all);
    }

    private List<WantedProxy> read(Path file) {
        try {
            return ProxyJson.readFile(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            throw bad("--config is %s; there is no such file".formatted(file));
        } catch (IOException e) {
            throw bad("--config is %s; it cannot be read: %s".formatted(file, e));
        } catch (IllegalArgumentException e) {
            throw bad("--config is %s; %s".formatted(file, e.getMessage()));
        }
    }

    private static void warnWhenOpen(Address control) throws InterruptedException {
        try {
            if (!InetAddress.getByName(control.host()).isLoopbackAddress()) {
                log.warn("control API: whoever reaches {} can break things; it asks for no password", control.host());
            }
        } catch (IOException e) {
            log.debug("{} was there a moment ago", control.host(), e);
        }
    }

    private ParameterException bad(String message) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
    }
}

package dev.stabilitylab.lab.world.local;

import dev.stabilitylab.lab.world.Service;
import dev.stabilitylab.lab.world.World.Instance;
import dev.stabilitylab.lab.world.control.ControlCalls;
import dev.stabilitylab.lab.world.control.ControlHttp;
import dev.stabilitylab.lab.world.control.PolicyClient;
import dev.stabilitylab.lab.world.local.Readiness.Starting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Brings the system up: checks, prepares, starts and waits. */
final class Launch {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration POLLING_PAUSE = Duration.ofMillis(100);
    private static final Duration POLLING_TIMEOUT = Duration.ofSeconds(2);

    private final LocalWorldOptions options;
    private final Programs programs;
    private final Processes processes;
    private Duration prepared = Duration.ZERO;

    Launch(LocalWorldOptions options, Programs programs, Processes processes) {
        this.options = options;
        this.programs = programs;
        this.processes = processes;
    }

    /** Returns when all parts are ready. After an exception some may still run: the caller closes the processes. */
    LiveSystem run() {
        List<PartSpec> specs = new Blueprint(options.system(), options.ports()).parts();
        PortCheck.requireFree(options.ports(), options.system().homepages());
        long preparing = System.nanoTime();
        Map<String, List<String>> commands = programs.prepare(modules(specs), processes);
        prepared = Duration.ofNanos(System.nanoTime() - preparing);
        options.progress().accept("Starting %d processes…".formatted(specs.size()));
        List<Starting> starting =
                specs.stream().map(spec -> launch(spec, commands)).toList();
        List<Part> parts = awaitReady(starting);
        LiveSystem live =
                new LiveSystem(starting.stream().map(Starting::process).toList(), parts, List.of());
        List<PolicyClient> policies = Stream.concat(
                        live.homepages().stream().map(homepage -> policies(Service.HOMEPAGE, homepage)),
                        live.upstreams().stream()
                                .filter(upstream -> !Service.named(upstream.name())
                                        .orElseThrow()
                                        .calls()
                                        .isEmpty())
                                .map(upstream ->
                                        policies(Service.named(upstream.name()).orElseThrow(), upstream)))
                .toList();
        return new LiveSystem(live.processes(), parts, policies);
    }

    private static PolicyClient policies(Service caller, Instance instance) {
        return PolicyClient.reading(ControlCalls.patient(), caller.text(), instance);
    }

    /** What was spent on extracting jars and making start-up archives; next to nothing after the first time. */
    Duration prepared() {
        return prepared;
    }

    private static Set<String> modules(List<PartSpec> specs) {
        return specs.stream().map(PartSpec::module).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private Starting launch(PartSpec spec, Map<String, List<String>> commands) {
        List<String> command = new ArrayList<>(commands.getOrDefault(spec.module(), List.of()));
        command.addAll(spec.arguments());
        return new Starting(
                spec, processes.start(spec.name(), command, options.logs().resolve(spec.name() + ".log")));
    }

    private List<Part> awaitReady(List<Starting> starting) {
        List<Part> ready = new ArrayList<>();
        new Readiness(new ControlHttp(POLLING_TIMEOUT), LIMIT, POLLING_PAUSE).awaitAll(starting, part -> {
            ready.add(part);
            double seconds = part.readyAfter().toMillis() / 1000.0;
            options.progress().accept("%s is ready, after %.1f s".formatted(part.name(), seconds));
        });
        ready.sort(Comparator.comparing(part -> part.baseUrl().getPort()));
        return List.copyOf(ready);
    }
}

package dev.stabilitylab.lab.world.local;

import dev.stabilitylab.lab.script.PolicySpec;
import dev.stabilitylab.lab.script.PolicyTarget;
import dev.stabilitylab.lab.script.TimelineEvent.OfUpstream;
import dev.stabilitylab.lab.world.Service;
import dev.stabilitylab.lab.world.World;
import dev.stabilitylab.lab.world.WorldException;
import dev.stabilitylab.lab.world.control.ControlCalls;
import dev.stabilitylab.lab.world.control.UpstreamFaults;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The system on this machine: every service and the fault injector is a process of its own. */
public final class LocalWorld implements World {

    private static final Duration PATIENCE_AT_THE_END = Duration.ofSeconds(7);

    private final LocalWorldOptions options;
    private final Programs programs;
    private final UpstreamFaults faults;
    private final Processes processes = new Processes(PATIENCE_AT_THE_END);
    private final Object ending = new Object();
    private volatile LiveSystem live = LiveSystem.NONE;
    private volatile Duration readyAfter = Duration.ZERO;
    private volatile boolean closed;

    /** Starts nothing yet. */
    public LocalWorld(LocalWorldOptions options) {
        this(options, new PreparedJars(options.home(), Jvm.current(), options.progress()));
    }

    LocalWorld(LocalWorldOptions options, Programs programs) {
        this.options = options;
        this.programs = programs;
        this.faults = UpstreamFaults.of(
                ControlCalls.patient(), Ports.local(options.ports().injector()), services(options.ports()));
    }

    /** Every upstream runs on this machine, so each can be broken from inside. */
    private static Map<String, Instance> services(Ports ports) {
        return Service.upstreams().stream()
                .collect(Collectors.toMap(
                        Service::text, service -> Instance.of(service.text(), Ports.local(ports.of(service)))));
    }

    @Override
    public URI injector() {
        return Ports.local(options.ports().injector());
    }

    /**
     * Starts all and returns when all are ready.
     *
     * @throws WorldException when a part does not get ready, or the world is closed meanwhile; nothing is left running then
     */
    @Override
    public void start() {
        try {
            long asked = System.nanoTime();
            Launch launch = new Launch(options, programs, processes);
            live = launch.run();
            readyAfter = Duration.ofNanos(System.nanoTime() - asked).minus(launch.prepared());
            options.progress().accept("Ready after %.1f s.".formatted(readyAfter.toMillis() / 1000.0));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** What runs, in the order of ports; empty until all are ready. */
    public List<Part> parts() {
        return live.parts();
    }

    /** From the call of {@link #start()} until all parts were ready, less what is done once for each build; zero until then. */
    Duration readyAfter() {
        return readyAfter;
    }

    @Override
    public String name() {
        return "local";
    }

    @Override
    public List<Instance> homepages() {
        return live.homepages();
    }

    @Override
    public List<Instance> upstreams() {
        return live.upstreams();
    }

    @Override
    public void apply(Map<PolicyTarget, PolicySpec> policies, Duration atMost) {
        live.apply(policies, atMost);
    }

    @Override
    public void begin(List<OfUpstream> changes, Supplier<Duration> time) {
        changes.forEach(change -> Service.requireUpstream(change.upstream()));
        faults.begin(changes, time);
    }

    @Override
    public void carryOut(OfUpstream change, Duration atMost) {
        faults.carryOut(change, atMost);
    }

    @Override
    public void healAll() {
        faults.healAll();
    }

    @Override
    public void checkAlive() {
        live.checkAlive();
        faults.keepAlive();
    }

    @Override
    public List<String> notes() {
        return List.of();
    }

    /** Waits until a part of the system ends, which none does by itself, and throws what {@link #checkAlive()} throws. */
    public void awaitDeath() throws InterruptedException {
        live.awaitDeath();
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    /**
     * Heals, puts policies back, and ends every process, by force after seven seconds. Whoever else calls it meanwhile waits
     * until that is done.
     */
    @Override
    public void close() {
        closed = true;
        synchronized (ending) {
            if (!processes.isClosed()) {
                live.restore(faults);
                processes.close();
            }
        }
    }
}

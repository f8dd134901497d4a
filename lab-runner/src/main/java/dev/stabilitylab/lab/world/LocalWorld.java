package dev.stabilitylab.lab.world;

import dev.stabilitylab.lab.script.Fault;
import dev.stabilitylab.lab.script.PolicySpec;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The system on this machine: every service and the fault injector is a process of its own.
 *
 * <p>Create it, arrange for {@link #close()} (also in a shutdown hook, which may run at any time), then {@link #start()} it.
 */
public final class LocalWorld implements World {

    private static final Duration PATIENCE_AT_THE_END = Duration.ofSeconds(7);

    private final LocalWorldOptions options;
    private final Programs programs;
    private final InjectorClient injector;
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
        this.injector = new InjectorClient(
                ControlCalls.patient(), Ports.local(options.ports().injector()));
    }

    /**
     * Starts all and returns when all are ready. To be called once.
     *
     * @throws WorldException when a part does not get ready, or the world is closed meanwhile; nothing is left running then
     */
    public void start() {
        try {
            Launch launch = new Launch(options, programs, processes);
            live = launch.run();
            readyAfter = sinceStartOfThisProcess().minus(launch.prepared());
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** From the start of the lab's own JVM, since that is the time a person waits. */
    private static Duration sinceStartOfThisProcess() {
        long started = ManagementFactory.getRuntimeMXBean().getStartTime();
        return Duration.ofMillis(System.currentTimeMillis() - started);
    }

    /** What runs, in the order of ports; empty until all are ready. */
    public List<Part> parts() {
        return live.parts();
    }

    /** From the start of this JVM until all parts were ready, less what is done once for each build; zero until then. */
    public Duration readyAfter() {
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
    public Set<String> upstreams() {
        return Service.upstreams().stream().map(Service::text).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public void apply(Map<String, PolicySpec> policies) {
        live.apply(policies);
    }

    @Override
    public void inject(String upstream, Fault fault) {
        injector.inject(requireUpstream(upstream), fault);
    }

    @Override
    public void heal(String upstream) {
        injector.heal(requireUpstream(upstream));
    }

    @Override
    public void healAll() {
        injector.healAll();
    }

    private String requireUpstream(String name) {
        if (!upstreams().contains(name)) {
            throw new WorldException("There is no upstream %s; the upstreams are %s."
                    .formatted(name, Service.names(Service.upstreams())));
        }
        return name;
    }

    @Override
    public void checkAlive() {
        live.checkAlive();
    }

    /** Waits until a part of the system ends, which none does by itself, and throws what {@link #checkAlive()} throws. */
    public void awaitDeath() throws InterruptedException {
        live.awaitDeath();
    }

    /** Whether it is closed or being closed. */
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
                live.restore(options.ports());
                processes.close();
            }
        }
    }
}

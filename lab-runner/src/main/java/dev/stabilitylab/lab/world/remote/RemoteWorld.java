package dev.stabilitylab.lab.world.remote;

import dev.stabilitylab.lab.script.PolicySpec;
import dev.stabilitylab.lab.script.PolicyTarget;
import dev.stabilitylab.lab.script.Simulation;
import dev.stabilitylab.lab.script.Simulation.SystemSpec;
import dev.stabilitylab.lab.script.TimelineEvent.OfUpstream;
import dev.stabilitylab.lab.world.Service;
import dev.stabilitylab.lab.world.World;
import dev.stabilitylab.lab.world.WorldException;
import dev.stabilitylab.lab.world.control.ControlCalls;
import dev.stabilitylab.lab.world.control.PolicyClient;
import dev.stabilitylab.lab.world.control.UpstreamFaults;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A system that is up already, which the lab only drives. Everything it changes is put back, or ends by itself. */
public final class RemoteWorld implements World {

    private final Addresses addresses;
    private final SystemSpec wanted;
    private final Consumer<String> progress;
    private final RemoteServices services;
    private final UpstreamFaults faults;
    private final List<String> notes = new CopyOnWriteArrayList<>();
    private volatile @Nullable Attached attached;
    private volatile boolean closed;
    /** When the last of what was changed ends by itself. */
    private Instant lastEnd = Instant.now();

    /**
     * Talks to nobody yet.
     *
     * @param simulation that is to be played; where the system differs from what it asks for, that becomes a note
     * @param progress told in a line each what is being done; called from several threads
     */
    public RemoteWorld(Addresses addresses, Simulation simulation, Consumer<String> progress) {
        this.addresses = addresses;
        this.wanted = simulation.system();
        this.progress = progress;
        this.services = new RemoteServices(addresses.services(), simulation);
        this.faults = UpstreamFaults.of(ControlCalls.patient(), addresses.injector(), services.all());
    }

    @Override
    public String name() {
        return "remote";
    }

    @Override
    public URI injector() {
        return addresses.injector();
    }

    /** Finds everything, and refuses a system that is broken or that another lab is at work on: its figures would mean nothing. */
    @Override
    public void start() {
        new RemoteInjector(addresses.injector()).requireWhole();
        List<Instance> homepages = Discovery.of(addresses);
        List<PolicyClient> ofHomepages = homepages.stream()
                .map(homepage -> PolicyClient.reading(ControlCalls.patient(), Service.HOMEPAGE.text(), homepage))
                .toList();
        ofHomepages.forEach(PolicyClient::requireSwitching);
        List<PolicyClient> policies =
                Stream.concat(ofHomepages.stream(), services.callers().stream()).toList();
        services.requireBreakable(faults);
        List<PolicyClient> watched = policies.stream()
                .map(instance -> instance.with(ControlCalls.brisk()))
                .toList();
        List<Instance> upstreams = services.reachable(notes::add);
        attach(new Attached(homepages, upstreams, policies, new PolicyKeeper(watched, this::note, System::nanoTime)));
        homepages.forEach(
                homepage -> progress.accept("Attached to %s at %s".formatted(homepage.name(), homepage.baseUrl())));
        compare(homepages.size());
    }

    private synchronized void attach(Attached found) {
        attached = found;
        found.keeper().start();
        if (closed) {
            close();
        }
        requireOpen();
    }

    private void compare(int homepages) {
        if (homepages != wanted.homepages()) {
            notes.add("The script asks for %d homepage instances; the system has %d."
                    .formatted(wanted.homepages(), homepages));
        }
        wanted.settings()
                .forEach((service, settings) ->
                        notes.add("The script's settings of %s were not applied, since the system was up already: %s."
                                .formatted(service, settings)));
    }

    private void note(String note) {
        notes.add(note);
        progress.accept(note);
    }

    /** Where Grafana may be; null when there is none. */
    public @Nullable URI grafana() {
        return addresses.grafana();
    }

    @Override
    public List<Instance> homepages() {
        return requireOpen().homepages();
    }

    @Override
    public List<Instance> upstreams() {
        return requireOpen().upstreams();
    }

    @Override
    public synchronized void apply(Map<PolicyTarget, PolicySpec> policies, Duration atMost) {
        Attached system = requireOpen();
        // What is half applied must not look like an instance that was started again.
        system.keeper().pause();
        long end = System.nanoTime() + atMost.toNanos();
        lastEnd = Instant.now().plus(atMost);
        List<PolicyClient> present =
                system.policies().stream().filter(this::answers).toList();
        if (present.stream().noneMatch(instance -> instance.caller().equals(Service.HOMEPAGE.text()))) {
            throw new WorldException("No homepage answers any more.");
        }
        for (PolicyClient instance : present) {
            requireOpen();
            instance.apply(policies, atMost);
        }
        system.keeper().keep(policies, end);
    }

    /** One that is away is part of what is being measured; the keeper gives it its policies when it is back. */
    private boolean answers(PolicyClient instance) {
        try {
            instance.state();
            return true;
        } catch (WorldException gone) {
            note("%s did not answer at the beginning of a variant."
                    .formatted(instance.instance().name()));
            return false;
        }
    }

    @Override
    public synchronized void begin(List<OfUpstream> changes, Supplier<Duration> time) {
        requireOpen();
        changes.forEach(change -> Service.requireUpstream(change.upstream()));
        faults.begin(changes, time);
    }

    @Override
    public synchronized void carryOut(OfUpstream change, Duration atMost) {
        requireOpen();
        Instant end = Instant.now().plus(atMost);
        lastEnd = end.isAfter(lastEnd) ? end : lastEnd;
        faults.carryOut(change, atMost);
    }

    @Override
    public synchronized void healAll() {
        requireOpen();
        faults.cancel();
        Service.upstreams().forEach(upstream -> faults.heal(upstream.text()));
    }

    private Attached requireOpen() {
        Attached system = attached;
        if (closed || system == null) {
            throw new WorldException("The lab has no hold on the system.");
        }
        return system;
    }

    /** An instance that is gone is part of what is being measured. */
    @Override
    public synchronized void checkAlive() {
        requireOpen();
        faults.keepAlive();
    }

    @Override
    public List<String> notes() {
        return List.copyOf(notes);
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    /** Heals and puts policies back. What cannot be reached is named: it goes back by itself when its time is over. */
    @Override
    public void close() {
        closed = true;
        synchronized (this) {
            Attached system = attached;
            attached = null;
            if (system != null) {
                system.putBack(faults.with(ControlCalls.brisk()))
                        .forEach(problem -> progress.accept("Not put back, but it ends by itself at %s: %s"
                                .formatted(lastEnd.truncatedTo(ChronoUnit.SECONDS), problem)));
            }
        }
    }
}

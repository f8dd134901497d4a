package dev.stabilitylab.lab.world.control;

import dev.stabilitylab.lab.script.TimelineEvent.Inject;
import dev.stabilitylab.lab.script.TimelineEvent.OfUpstream;
import dev.stabilitylab.lab.world.World.Instance;
import dev.stabilitylab.lab.world.WorldException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Breaks and mends upstreams: on the wire through the fault injector, or from inside through the service itself. One fault an upstream. */
public final class UpstreamFaults {

    private final URI injectorUrl;
    private final Map<String, Instance> instances;
    private final InjectorClient injector;
    private final Map<String, ServiceFaultClient> services;
    /** Upstreams with a service fault of ours. Only these services have to be reached to clear it. */
    private final Set<String> withServiceFault;

    private @Nullable WireTimeline timeline;

    private UpstreamFaults(
            ControlCalls calls, URI injectorUrl, Map<String, Instance> instances, Set<String> withServiceFault) {
        this.injectorUrl = injectorUrl;
        this.instances = instances;
        this.injector = new InjectorClient(calls, injectorUrl);
        this.services = instances.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> new ServiceFaultClient(calls, entry.getValue())));
        this.withServiceFault = withServiceFault;
    }

    /**
     * Breaks nothing yet.
     *
     * @param services that can be broken from inside, by the name of the upstream
     */
    public static UpstreamFaults of(ControlCalls calls, URI injector, Map<String, Instance> services) {
        return new UpstreamFaults(calls, injector, services, new ConcurrentSkipListSet<>());
    }

    /** The same faults, spoken of in another way. */
    public UpstreamFaults with(ControlCalls others) {
        return new UpstreamFaults(others, injectorUrl, instances, withServiceFault);
    }

    /**
     * Throws unless these services can be broken from inside, and are not yet.
     *
     * @param upstreams by name
     */
    public void requireNoServiceFault(Set<String> upstreams) {
        for (String upstream : upstreams) {
            ServiceFaultClient service = service(upstream);
            String expiry = service.expiry();
            if (!expiry.isEmpty()) {
                throw new WorldException(
                        "%s already has a service fault, until %s: another lab is at work, or one was killed. Wait until then."
                                .formatted(upstream, expiry));
            }
            service.clear();
        }
    }

    /**
     * Begins a timeline, in place of one that there may be. The fault injector carries out its part by itself.
     *
     * @param changes in the order of time
     * @param time the timeline's own at this moment, negative before its beginning
     */
    public void begin(List<? extends OfUpstream> changes, Supplier<Duration> time) {
        timeline = WireTimeline.start(injector, changes, time);
    }

    /**
     * Returns when a change that is due is in effect.
     *
     * @param change one of the timeline's
     * @param atMost when nobody ends it by then, what is broken inside a service heals by itself
     */
    public void carryOut(OfUpstream change, Duration atMost) {
        boolean inside = change instanceof Inject inject && inject.fault().isInside();
        if (inside) {
            ServiceFaultClient service = service(change.upstream());
            withServiceFault.add(change.upstream());
            service.set(((Inject) change).fault(), atMost);
        }
        if (timeline != null) {
            timeline.await(change.at());
        }
        if (!inside) {
            clearServiceFault(change.upstream());
        }
    }

    /** To be called several times a second while a timeline lasts; without that the fault injector cancels it after ten seconds. */
    public void keepAlive() {
        if (timeline != null) {
            timeline.keepAlive();
        }
    }

    /** Ends the timeline; the faults that it caused on the wire go with it. */
    public void cancel() {
        timeline = null;
        injector.cancel();
    }

    /** Takes every fault off an upstream. */
    public void heal(String upstream) {
        injector.heal(upstream);
        clearServiceFault(upstream);
    }

    /** Takes every fault off every upstream, and ends the timeline. */
    public void healAll() {
        timeline = null;
        injector.healAll();
        clearServiceFaults();
    }

    /** Clears the faults that were set in services. */
    void clearServiceFaults() {
        new TreeSet<>(withServiceFault).forEach(this::clearServiceFault);
    }

    private void clearServiceFault(String upstream) {
        if (withServiceFault.contains(upstream)) {
            service(upstream).clear();
            withServiceFault.remove(upstream);
        }
    }

    private ServiceFaultClient service(String upstream) {
        ServiceFaultClient service = services.get(upstream);
        if (service == null) {
            throw new WorldException("%s cannot be broken from inside; only %s can."
                    .formatted(upstream, String.join(", ", new TreeSet<>(services.keySet()))));
        }
        return service;
    }
}

package dev.stabilitylab.lab.world.control;

import dev.stabilitylab.lab.script.Fault;
import dev.stabilitylab.lab.world.World.Instance;
import dev.stabilitylab.lab.world.WorldException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;

/** Breaks and mends upstreams: on the wire through the fault injector, or from inside through the service itself. One fault an upstream. */
public final class UpstreamFaults {

    private final URI injectorUrl;
    private final Map<String, Instance> instances;
    private final InjectorClient injector;
    private final Map<String, TroubleClient> services;
    /** Only these have to be mended from inside; others need not even be reachable. */
    private final Set<String> inTrouble;

    private UpstreamFaults(
            ControlCalls calls, URI injectorUrl, Map<String, Instance> instances, Set<String> inTrouble) {
        this.injectorUrl = injectorUrl;
        this.instances = instances;
        this.injector = new InjectorClient(calls, injectorUrl);
        this.services = instances.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> new TroubleClient(calls, entry.getValue())));
        this.inTrouble = inTrouble;
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
        return new UpstreamFaults(others, injectorUrl, instances, inTrouble);
    }

    /**
     * Throws unless these services can be broken from inside, and are not yet.
     *
     * @param upstreams by name
     */
    public void requireTroubleless(Set<String> upstreams) {
        for (String upstream : upstreams) {
            TroubleClient service = service(upstream);
            String end = service.endOfTrouble();
            if (!end.isEmpty()) {
                throw new WorldException(
                        "%s is in trouble already, until %s: another lab is at work, or one was killed. Wait until then."
                                .formatted(upstream, end));
            }
            service.end();
        }
    }

    /** Breaks an upstream; what was wrong with it before ends. It heals by itself after {@code atMost}. */
    public void inject(String upstream, Fault fault, Duration atMost) {
        if (fault.isInside()) {
            TroubleClient service = service(upstream);
            inTrouble.add(upstream);
            service.begin(fault, atMost);
            injector.heal(upstream);
        } else {
            injector.inject(upstream, fault, atMost);
            endTrouble(upstream);
        }
    }

    /** Takes every fault off an upstream. */
    public void heal(String upstream) {
        injector.heal(upstream);
        endTrouble(upstream);
    }

    /** Takes every fault off every upstream that this lab broke. */
    public void healAll() {
        injector.healAll();
        endAllTrouble();
    }

    /** Ends what was begun inside services. */
    void endAllTrouble() {
        new TreeSet<>(inTrouble).forEach(this::endTrouble);
    }

    private void endTrouble(String upstream) {
        if (inTrouble.contains(upstream)) {
            service(upstream).end();
            inTrouble.remove(upstream);
        }
    }

    private TroubleClient service(String upstream) {
        TroubleClient service = services.get(upstream);
        if (service == null) {
            throw new WorldException("%s cannot be broken from inside; only %s can."
                    .formatted(upstream, String.join(", ", new TreeSet<>(services.keySet()))));
        }
        return service;
    }
}

package dev.stabilitylab.lab.world.remote;

import dev.stabilitylab.lab.script.PolicyTarget;
import dev.stabilitylab.lab.script.Simulation;
import dev.stabilitylab.lab.script.TimelineEvent.Inject;
import dev.stabilitylab.lab.world.World.Instance;
import dev.stabilitylab.lab.world.WorldException;
import dev.stabilitylab.lab.world.control.ControlCalls;
import dev.stabilitylab.lab.world.control.PolicyClient;
import dev.stabilitylab.lab.world.control.UpstreamFaults;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The services behind the homepages of a system that is up already. A script has to reach one only to break it from inside or to switch
 * its policies; otherwise one that is out of reach costs the figures of how much it works.
 */
final class RemoteServices {

    private static final String LIVENESS = "/actuator/health/liveness";

    private final Map<String, Instance> all = new TreeMap<>();
    private final Set<String> broken;
    private final Set<String> callers;
    private final List<String> watched;

    RemoteServices(Map<String, URI> addresses, Simulation simulation) {
        addresses.forEach((name, baseUrl) -> all.put(name, Instance.of(name, baseUrl)));
        this.broken = simulation.timeline().stream()
                .flatMap(event ->
                        event instanceof Inject inject && inject.fault().isInside()
                                ? Stream.of(inject.upstream())
                                : Stream.empty())
                .collect(Collectors.toCollection(TreeSet::new));
        this.watched = simulation.watched();
        this.callers = simulation.variants().stream()
                .flatMap(variant -> variant.policies().keySet().stream())
                .map(PolicyTarget::caller)
                .filter(all::containsKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Where they should be, by name. */
    Map<String, Instance> all() {
        return all;
    }

    /** Throws unless those that the script breaks from inside are there and let themselves be broken. */
    void requireBreakable(UpstreamFaults faults) {
        for (String upstream : broken) {
            explained(upstream, "the timeline breaks it from inside", () -> {
                faults.requireNoServiceFault(Set.of(upstream));
                return upstream;
            });
        }
    }

    /** Those whose policies the script switches. */
    List<PolicyClient> callers() {
        return callers.stream()
                .map(caller -> explained(caller, "a variant has a policy of it", () -> {
                    PolicyClient policies =
                            PolicyClient.reading(ControlCalls.patient(), caller, requireInstance(caller));
                    policies.requireSwitching();
                    return policies;
                }))
                .toList();
    }

    private Instance requireInstance(String name) {
        Instance instance = all.get(name);
        if (instance == null) {
            throw new WorldException("There is no address of %s.".formatted(name));
        }
        return instance;
    }

    private <T> T explained(String name, String why, Supplier<T> step) {
        try {
            return step.get();
        } catch (WorldException e) {
            throw new WorldException(
                    "%s The script needs %s, since %s. Say where it is (%s in the file of --system, or LAB_%s), or run the lab where it can be reached: docker compose run --rm lab run …"
                            .formatted(e.getMessage(), name, why, name, name.toUpperCase(Locale.ROOT)),
                    e);
        }
    }

    /**
     * Those that answer, in the order of their names.
     *
     * @param notes told in a sentence of those that do not, if the script has figures of them
     */
    List<Instance> reachable(Consumer<String> notes) {
        ControlCalls calls = ControlCalls.hasty();
        return all.values().stream()
                .filter(service -> {
                    try {
                        calls.send(service.name(), "GET", service.management().resolve(LIVENESS), null);
                        return true;
                    } catch (WorldException gone) {
                        if (watched.contains(service.name())) {
                            notes.accept("How much %s works is not known: it does not answer at %s."
                                    .formatted(service.name(), service.management()));
                        }
                        return false;
                    }
                })
                .toList();
    }
}

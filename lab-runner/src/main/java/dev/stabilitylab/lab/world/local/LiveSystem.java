package dev.stabilitylab.lab.world.local;

import dev.stabilitylab.lab.script.PolicySpec;
import dev.stabilitylab.lab.script.PolicyTarget;
import dev.stabilitylab.lab.world.Service;
import dev.stabilitylab.lab.world.World.Instance;
import dev.stabilitylab.lab.world.WorldException;
import dev.stabilitylab.lab.world.control.ControlCalls;
import dev.stabilitylab.lab.world.control.PolicyClient;
import dev.stabilitylab.lab.world.control.UpstreamFaults;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * What runs once all is ready.
 *
 * @param processes of all parts
 * @param parts in the order of their ports
 * @param policies of each instance that calls others
 */
record LiveSystem(List<ChildProcess> processes, List<Part> parts, List<PolicyClient> policies) {

    /** Nothing runs. */
    static final LiveSystem NONE = new LiveSystem(List.of(), List.of(), List.of());

    List<Instance> homepages() {
        return parts.stream()
                .filter(part -> part.name().startsWith(Service.HOMEPAGE.text()))
                .map(part -> Instance.of(part.name(), part.baseUrl()))
                .toList();
    }

    /** The services behind the homepages. */
    List<Instance> upstreams() {
        return parts.stream()
                .filter(part -> Service.named(part.name()).isPresent())
                .map(part -> Instance.of(part.name(), part.baseUrl()))
                .toList();
    }

    void apply(Map<PolicyTarget, PolicySpec> wanted, Duration atMost) {
        policies.forEach(instance -> instance.apply(wanted, atMost));
    }

    void checkAlive() {
        processes.forEach(ChildProcess::checkAlive);
    }

    void awaitDeath() throws InterruptedException {
        CompletableFuture<?>[] ends =
                processes.stream().map(child -> child.process().onExit()).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.anyOf(ends).get();
        } catch (ExecutionException e) {
            throw new WorldException("The services cannot be watched: " + e.getCause(), e);
        }
        checkAlive();
    }

    /** Heals and puts policies back, in one short attempt each, as far as that goes: the processes end next. */
    void restore(UpstreamFaults faults) {
        if (parts.isEmpty()) {
            return;
        }
        ControlCalls hasty = ControlCalls.hasty();
        try {
            checkAlive();
            faults.with(hasty).healAll();
            policies.forEach(instance -> instance.with(hasty).putBack());
        } catch (WorldException e) {
            // Faults and policies end with the processes that hold them, so there is nothing that anyone would have to
            // do.
            return;
        }
    }
}

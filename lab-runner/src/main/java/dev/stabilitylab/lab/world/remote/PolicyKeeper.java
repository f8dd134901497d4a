package dev.stabilitylab.lab.world.remote;

import dev.stabilitylab.lab.script.PolicySpec;
import dev.stabilitylab.lab.world.WorldException;
import dev.stabilitylab.lab.world.control.ControlCalls;
import dev.stabilitylab.lab.world.control.PolicyClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Sees to it that every instance keeps the policies of the variant: one that was started again comes back with those of its
 * settings. It looks once a second.
 */
final class PolicyKeeper implements AutoCloseable {

    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final List<PolicyClient> instances;
    private final Consumer<String> restarts;
    private final ScheduledExecutorService thread;
    private Map<String, PolicySpec> policies = Map.of();
    private long endNanos;
    private boolean active;

    /**
     * Looks at nothing until there is something to keep.
     *
     * @param restarts told the name of an instance that got its policies once more
     */
    PolicyKeeper(List<PolicyClient> instances, Consumer<String> restarts) {
        this.instances = instances.stream()
                .map(instance -> instance.with(ControlCalls.hasty()))
                .toList();
        this.restarts = restarts;
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread keeper = new Thread(task, "policy-keeper");
            keeper.setDaemon(true);
            return keeper;
        });
        var unused = thread.scheduleWithFixedDelay(
                () -> this.instances.forEach(this::look), PERIOD.toNanos(), PERIOD.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** These are kept from now on. */
    synchronized void keep(Map<String, PolicySpec> wanted, Duration atMost) {
        policies = wanted;
        endNanos = System.nanoTime() + atMost.toNanos();
        active = true;
    }

    /** Nothing is kept until {@link #keep} is called again. */
    synchronized void pause() {
        active = false;
    }

    private void look(PolicyClient instance) {
        try {
            if (isActive() && instance.isPutBack() && applyAgain(instance)) {
                restarts.accept(instance.homepage().name());
            }
        } catch (WorldException gone) {
            // It may come back; until then the load says what that means to users.
        }
    }

    private synchronized boolean isActive() {
        return active && System.nanoTime() < endNanos;
    }

    /** Holds the lock, so that nothing is applied after {@link #close()}. */
    private synchronized boolean applyAgain(PolicyClient instance) {
        Duration left = Duration.ofNanos(endNanos - System.nanoTime());
        if (!active || left.compareTo(PERIOD) < 0) {
            return false;
        }
        instance.apply(policies, left);
        return true;
    }

    @Override
    public void close() {
        pause();
        thread.shutdownNow();
    }
}

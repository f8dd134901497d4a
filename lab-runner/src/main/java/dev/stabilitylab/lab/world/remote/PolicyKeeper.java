package dev.stabilitylab.lab.world.remote;

import dev.stabilitylab.lab.script.PolicySpec;
import dev.stabilitylab.lab.script.PolicyTarget;
import dev.stabilitylab.lab.world.WorldException;
import dev.stabilitylab.lab.world.control.PolicyClient;
import dev.stabilitylab.lab.world.control.PolicyClient.State;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Sees to it that every instance keeps the policies of the variant: one that was started again comes back with those of its
 * settings, and one that was away when the variant began has never had others.
 */
final class PolicyKeeper implements AutoCloseable {

    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final List<PolicyClient> instances;
    private final Consumer<String> notes;
    private final LongSupplier nanoTime;
    private final ScheduledExecutorService thread;
    /** Who answered last, by the name of the instance. Only the keeper's own thread touches it. */
    private final Map<String, String> identities = new HashMap<>();

    private Map<PolicyTarget, PolicySpec> policies = Map.of();
    private long endNanos;
    private boolean active;

    /**
     * Looks at nothing until it is started, and there is something to keep.
     *
     * @param notes told in a sentence of every instance that has to be given its policies once more
     */
    PolicyKeeper(List<PolicyClient> instances, Consumer<String> notes, LongSupplier nanoTime) {
        this.instances = instances;
        this.notes = notes;
        this.nanoTime = nanoTime;
        instances.forEach(instance -> identities.put(instance.instance().name(), instance.identity()));
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread keeper = new Thread(task, "policy-keeper");
            keeper.setDaemon(true);
            return keeper;
        });
    }

    /** From now on it looks once a second. */
    void start() {
        var unused =
                thread.scheduleWithFixedDelay(this::look, PERIOD.toNanos(), PERIOD.toNanos(), TimeUnit.NANOSECONDS);
    }

    /**
     * These are kept from now on.
     *
     * @param wantedEnd as of the clock; after it they may end
     */
    synchronized void keep(Map<PolicyTarget, PolicySpec> wanted, long wantedEnd) {
        policies = wanted;
        endNanos = wantedEnd;
        active = true;
    }

    /** Nothing is kept until {@link #keep} is called again. */
    synchronized void pause() {
        active = false;
    }

    /** Looks at every instance once. */
    void look() {
        instances.forEach(this::look);
    }

    private void look(PolicyClient instance) {
        try {
            if (isActive()) {
                State state = instance.state();
                if (!state.lasting().isEmpty()) {
                    applyAgain(instance, state);
                }
            }
        } catch (WorldException gone) {
            // It may come back; until then the load says what that means to users.
        }
    }

    private synchronized boolean isActive() {
        return active && nanoTime.getAsLong() < endNanos;
    }

    /** Holds the lock, so that nothing is applied after {@link #pause()}. What fails is tried again at the next look. */
    private synchronized void applyAgain(PolicyClient instance, State state) {
        Duration left = Duration.ofNanos(endNanos - nanoTime.getAsLong());
        if (active && left.compareTo(PERIOD) >= 0) {
            String name = instance.instance().name();
            boolean startedAgain = !state.identity().equals(identities.put(name, state.identity()));
            notes.accept(
                    startedAgain
                            ? "%s was started again during the run, and was given the variant's policies once more."
                                    .formatted(name)
                            : "%s was without the variant's policies for a while, and was given them once more."
                                    .formatted(name));
            instance.apply(state.lasting(), policies, left);
        }
    }

    @Override
    public void close() {
        pause();
        thread.shutdownNow();
    }
}

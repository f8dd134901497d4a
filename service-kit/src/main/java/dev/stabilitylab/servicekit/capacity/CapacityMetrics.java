package dev.stabilitylab.servicekit.capacity;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;

/** The names of the capacity's meters, and the meters themselves. */
final class CapacityMetrics {

    /** Gauge: requests that are worked on. */
    static final String ACTIVE = "capacity.requests.active";

    /** Gauge: requests that wait for their turn. */
    static final String QUEUED = "capacity.requests.queued";

    /** Counter: requests turned away, by the tag {@value #REASON}. */
    static final String REJECTED = "capacity.requests.rejected";

    static final String REASON = "reason";
    static final String QUEUE_FULL = "queue_full";
    static final String DEADLINE_TOO_SHORT = "deadline_too_short";

    private final MeterRegistry registry;
    private final Counter queueFull;
    private final Counter deadlineTooShort;

    CapacityMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.queueFull = rejected(QUEUE_FULL);
        this.deadlineTooShort = rejected(DEADLINE_TOO_SHORT);
    }

    void watch(Supplier<Number> active, Supplier<Number> queued) {
        Gauge.builder(ACTIVE, active).description("Requests that are worked on").register(registry);
        Gauge.builder(QUEUED, queued)
                .description("Requests that wait for their turn")
                .register(registry);
    }

    void queueWasFull() {
        queueFull.increment();
    }

    void deadlineWasTooShort() {
        deadlineTooShort.increment();
    }

    private Counter rejected(String reason) {
        return Counter.builder(REJECTED)
                .description("Requests that were turned away")
                .tag(REASON, reason)
                .register(registry);
    }
}

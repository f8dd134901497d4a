package dev.stabilitylab.servicekit.capacity;

import dev.stabilitylab.apiclient.Deadline;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
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

    /** Timer: work on requests, however it ended, by the tag {@value #WANTED}. */
    static final String WORK = "capacity.work";

    /** {@code false} when the caller's deadline was over by the end of the work: nobody waited for it any more. */
    static final String WANTED = "wanted";

    private final MeterRegistry registry;
    private final Counter queueFull;
    private final Counter deadlineTooShort;
    private final Timer wantedWork;
    private final Timer unwantedWork;

    CapacityMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.queueFull = rejected(QUEUE_FULL);
        this.deadlineTooShort = rejected(DEADLINE_TOO_SHORT);
        this.wantedWork = work(true);
        this.unwantedWork = work(false);
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

    Timer.Sample workBegins() {
        return Timer.start(registry);
    }

    /** To be called by the thread that did the work, while it has the caller's deadline. */
    void workEnds(Timer.Sample sample) {
        boolean unwanted = Deadline.current().filter(Deadline::isOver).isPresent();
        sample.stop(unwanted ? unwantedWork : wantedWork);
    }

    private Timer work(boolean wanted) {
        return Timer.builder(WORK)
                .description("Work on requests, by whether somebody still waited for it when it ended")
                .tag(WANTED, Boolean.toString(wanted))
                .register(registry);
    }

    private Counter rejected(String reason) {
        return Counter.builder(REJECTED)
                .description("Requests that were turned away")
                .tag(REASON, reason)
                .register(registry);
    }
}

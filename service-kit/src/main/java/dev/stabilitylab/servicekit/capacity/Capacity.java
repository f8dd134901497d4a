package dev.stabilitylab.servicekit.capacity;

import dev.stabilitylab.apiclient.Deadline;
import dev.stabilitylab.servicekit.faults.Effect;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;

/**
 * Keeps a service within what it can do: so many requests at once, so many waiting in the order of their arrival, and the
 * rest turned away at once with {@link HttpStatus#SERVICE_UNAVAILABLE} and Retry-After. Work that cannot end within the
 * caller's {@linkplain Deadline#current() deadline} is not started, and is answered with
 * {@link HttpStatus#GATEWAY_TIMEOUT}.
 */
public final class Capacity {

    private final CapacityProperties limits;
    private final Pause pause;
    private final Supplier<Effect> faults;
    private final CapacityMetrics metrics;
    private final Semaphore slots;
    private final AtomicInteger queued = new AtomicInteger();

    /**
     * A service without requests.
     *
     * @param faults asked once for each request whose work begins
     */
    Capacity(CapacityProperties limits, Pause pause, Supplier<Effect> faults, CapacityMetrics metrics) {
        this.limits = limits;
        this.pause = pause;
        this.faults = faults;
        this.metrics = metrics;
        this.slots = new Semaphore(limits.concurrentRequests(), true);
        metrics.watch(() -> limits.concurrentRequests() - slots.availablePermits(), queued::get);
    }

    /**
     * Refuses a request whose deadline is too short for this service's work. {@link #serve} does the same; calling this
     * earlier saves what would be done before, e.g. asking auth.
     */
    public void requireTime() {
        Deadline.current().map(Deadline::remaining).ifPresent(this::requireTime);
    }

    /**
     * Does {@code work}, which takes the service time and what it takes by itself, once there is a free slot. While a
     * service fault is active, it may take longer, or fail with {@link HttpStatus#INTERNAL_SERVER_ERROR} instead of being done.
     */
    public <T> T serve(Work<T> work) {
        try {
            enter();
            try {
                requireTime();
                return begin(work);
            } finally {
                slots.release();
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw CapacityProblems.interrupted();
        }
    }

    /** What a request asks for; may be interrupted when the service stops. */
    @FunctionalInterface
    public interface Work<T> {

        /** Does it, on the calling thread. */
        T call() throws InterruptedException;
    }

    // docs:begin work
    private <T> T begin(Work<T> work) throws InterruptedException {
        Timer.Sample sample = metrics.workBegins();
        try {
            // The deadline check does not know about the slowdown: a real fault is not announced either.
            Effect effect = faults.get();
            pause.pause(limits.serviceTime().plus(effect.slowdown()));
            if (effect.error()) {
                throw CapacityProblems.injectedFault();
            }
            return work.call();
        } finally {
            metrics.workEnds(sample);
        }
    }
    // docs:end work

    private void enter() throws InterruptedException {
        requireTime();
        // With a timeout of zero: the plain tryAcquire() would overtake those that wait.
        if (slots.tryAcquire(0, TimeUnit.NANOSECONDS)) {
            return;
        }
        if (queued.incrementAndGet() > limits.queueLength()) {
            queued.decrementAndGet();
            metrics.queueWasFull();
            throw CapacityProblems.queueFull(limits);
        }
        try {
            waitForSlot();
        } finally {
            queued.decrementAndGet();
        }
    }

    private void waitForSlot() throws InterruptedException {
        Deadline deadline = Deadline.current().orElse(null);
        if (deadline == null) {
            slots.acquire();
            return;
        }
        Duration patience = deadline.remaining().minus(limits.serviceTime());
        if (!slots.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
            throw tooShort(deadline.remaining());
        }
    }

    private void requireTime(Duration remaining) {
        if (remaining.isZero() || remaining.compareTo(limits.serviceTime()) < 0) {
            throw tooShort(remaining);
        }
    }

    private RuntimeException tooShort(Duration remaining) {
        metrics.deadlineWasTooShort();
        return CapacityProblems.deadlineTooShort(remaining, limits.serviceTime());
    }
}

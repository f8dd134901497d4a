package dev.stabilitylab.apiclient.internal.core;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Shows the time of the event that is being handled, so that what Resilience4j reads is what the decision around it was made with. It stands
 * still between events and never goes back: Resilience4j's time-based window loses results when it does.
 */
final class EventClock extends Clock {

    private final Instant origin;
    private final long originNanos;
    private final AtomicLong now;

    /** @param wall what {@code now}, of the driver's clock, is called in people's time */
    EventClock(Clock wall, long now) {
        this.origin = wall.instant();
        this.originNanos = now;
        this.now = new AtomicLong(now);
    }

    /** An event that is handled after a later one, since its thread was slower, is handled at the later one's time. */
    void set(long time) {
        if (time - now.get() > 0) {
            now.accumulateAndGet(time, (before, then) -> then - before > 0 ? then : before);
        }
    }

    /** The same time, in nanoseconds of the driver's clock. */
    long nanos() {
        return now.get();
    }

    @Override
    public Instant instant() {
        return origin.plusNanos(now.get() - originNanos);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}

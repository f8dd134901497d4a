package dev.stabilitylab.apiclient.internal.core;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * Shows the time of the event that is being handled, so that what Resilience4j reads is what the decision around it was made with. It stands
 * still between events and never goes back: Resilience4j's time-based window loses results when it does.
 */
final class EventClock extends Clock {

    private final Instant origin;
    private final long originNanos;
    private volatile long now;

    /** @param wall what {@code now}, of the driver's clock, is called in people's time */
    EventClock(Clock wall, long now) {
        this.origin = wall.instant();
        this.originNanos = now;
        this.now = now;
    }

    /** One thread at a time. An event that is handled after a later one, since its thread was slower, is handled at the later one's time. */
    void set(long time) {
        if (time - now > 0) {
            now = time;
        }
    }

    @Override
    public Instant instant() {
        return origin.plusNanos(now - originNanos);
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

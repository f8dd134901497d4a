package dev.stabilitylab.servicekit.faults;

import io.micrometer.core.instrument.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The service's own fault, if one is active. There is at most one, and it expires by itself: whoever set it may be down by then.
 * Needs no timer, since nobody can tell whether it expired on time or with the next request.
 */
public final class FaultSwitch {

    private static final Logger LOG = LoggerFactory.getLogger(FaultSwitch.class);
    private static final Duration SHORTEST_TTL = Duration.ofSeconds(1);
    private static final Duration LONGEST_TTL = Duration.ofHours(24);

    private final String service;
    private final Clock clock;
    private volatile @Nullable Active last;

    /**
     * A service without a fault.
     *
     * @param service its name, so that services with the same seed do not do the same
     */
    FaultSwitch(String service, Clock clock) {
        this.service = service;
        this.clock = clock;
    }

    /** What happens to a request whose work begins now. Call once per request: requests are counted. */
    public Effect next() {
        return active().map(active -> active.next(service)).orElse(Effect.NONE);
    }

    /**
     * Activates a fault in place of the one there is. Requests whose work has begun end as they would have.
     *
     * @param ttl from 1 s to 24 h
     * @throws IllegalArgumentException when it is not; nothing has changed then
     */
    void set(ServiceFault fault, Duration ttl) {
        Limits.within("ttl", ttl, SHORTEST_TTL, LONGEST_TTL);
        Instant expiresAt = Instant.ofEpochMilli(clock.wallTime()).plus(ttl).truncatedTo(ChronoUnit.MILLIS);
        last = new Active(fault, expiresAt, clock.monotonicTime() + ttl.toNanos(), new AtomicLong());
        LOG.info("Service fault set until {}: {}", expiresAt, fault);
    }

    /** Ends the fault early; without effect where there is none. */
    void clear() {
        if (active().isPresent()) {
            LOG.info("Service fault cleared");
        }
        last = null;
    }

    Optional<Active> active() {
        return Optional.ofNullable(last).filter(active -> clock.monotonicTime() - active.endsAtNanos < 0);
    }

    /**
     * An active fault.
     *
     * @param expiresAt for people; the monotonic clock decides
     * @param endsAtNanos of the monotonic clock, which nobody can set back
     * @param requests those whose work has begun since the fault was set
     */
    record Active(ServiceFault fault, Instant expiresAt, long endsAtNanos, AtomicLong requests) {

        private Effect next(String service) {
            return fault.on(service, requests.getAndIncrement());
        }
    }
}

package dev.stabilitylab.servicekit.trouble;

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
 * The trouble that the service is in, if it is. There is one at most, and it ends by itself: whoever began it may be gone by then.
 * Needs no timer, since nobody can tell whether it ended on time or with the next request.
 */
public final class TroubleSwitch {

    private static final Logger LOG = LoggerFactory.getLogger(TroubleSwitch.class);
    private static final Duration SHORTEST_TTL = Duration.ofSeconds(1);
    private static final Duration LONGEST_TTL = Duration.ofHours(24);

    private final String service;
    private final Clock clock;
    private volatile @Nullable Running last;

    /**
     * Begins without trouble.
     *
     * @param service its name, so that services with the same seed do not do the same
     */
    TroubleSwitch(String service, Clock clock) {
        this.service = service;
        this.clock = clock;
    }

    /** What happens to a request whose work begins now. Ask once for each: requests are counted. */
    public Effect next() {
        return running().map(running -> running.next(service)).orElse(Effect.NONE);
    }

    /**
     * Begins trouble, in place of what there is. Requests whose work began before end as they would have.
     *
     * @param ttl from 1 s to 24 h
     * @throws IllegalArgumentException when it is not; nothing has changed then
     */
    void begin(Trouble trouble, Duration ttl) {
        Limits.within("ttl", ttl, SHORTEST_TTL, LONGEST_TTL);
        Instant expiresAt = Instant.ofEpochMilli(clock.wallTime()).plus(ttl).truncatedTo(ChronoUnit.MILLIS);
        last = new Running(trouble, expiresAt, clock.monotonicTime() + ttl.toNanos(), new AtomicLong());
        LOG.info("In trouble until {}, as was asked for: {}", expiresAt, trouble);
    }

    /** Ends trouble before its time; without effect where there is none. */
    void end() {
        if (running().isPresent()) {
            LOG.info("Out of trouble, as was asked for");
        }
        last = null;
    }

    Optional<Running> running() {
        return Optional.ofNullable(last).filter(running -> clock.monotonicTime() - running.endsAtNanos < 0);
    }

    /**
     * Trouble that has begun.
     *
     * @param expiresAt for people; the monotonic clock decides
     * @param endsAtNanos of the monotonic clock, which nobody can set back
     * @param requests those that it has had a look at
     */
    record Running(Trouble trouble, Instant expiresAt, long endsAtNanos, AtomicLong requests) {

        private Effect next(String service) {
            return trouble.on(service, requests.getAndIncrement());
        }
    }
}

package dev.stabilitylab.servicekit.access;

import dev.stabilitylab.apiclient.Failure;
import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs that requests are served on stale permissions. An outage has many of them, so there is one line in ten seconds at most. */
final class StaleLog {

    private static final Logger LOG = LoggerFactory.getLogger(StaleLog.class);
    private static final long INTERVAL = Duration.ofSeconds(10).toNanos();

    private boolean hasLogged;
    private long lastLine;
    private long served;

    /** @param now in nanoseconds of a monotonic clock */
    void served(UUID user, Duration age, Failure failure, long now) {
        long requests = requestsToReport(now);
        if (requests > 0) {
            LOG.warn(
                    "Served on stale permissions since auth failed ({}): user {}, permissions {} s old; requests like this since the last such line: {}",
                    failure.kind().tag(),
                    user,
                    age.toSeconds(),
                    requests);
        }
    }

    private synchronized long requestsToReport(long now) {
        served++;
        if (hasLogged && now - lastLine < INTERVAL) {
            return 0;
        }
        hasLogged = true;
        lastLine = now;
        long requests = served;
        served = 0;
        return requests;
    }
}

package dev.stabilitylab.servicekit.faults;

import dev.stabilitylab.apiclient.internal.support.DurationText;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Makes requests take longer than their service time.
 *
 * @param latency from 1 ms to 1 h
 * @param jitter what the latency is longer or shorter by at most, evenly spread; from zero to the latency
 * @param probability share of the requests, above 0 and at most 1
 */
record Slowdown(Duration latency, Duration jitter, double probability) {

    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofHours(1);

    Slowdown {
        Limits.within("slowdown.latency", latency, SHORTEST, LONGEST);
        if (jitter.isNegative() || jitter.compareTo(latency) > 0) {
            throw new IllegalArgumentException("slowdown.jitter is %s; it must be from 0ms to the latency, which is %s"
                    .formatted(DurationText.format(jitter), DurationText.format(latency)));
        }
        Limits.share("slowdown.probability", probability);
    }

    /** What one request takes longer. */
    Duration of(RandomGenerator random) {
        if (random.nextDouble() >= probability) {
            return Duration.ZERO;
        }
        double shift = 2 * random.nextDouble() - 1;
        return latency.plusNanos(Math.round(shift * jitter.toNanos()));
    }
}

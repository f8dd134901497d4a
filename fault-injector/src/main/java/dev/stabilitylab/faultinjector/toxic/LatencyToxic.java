package dev.stabilitylab.faultinjector.toxic;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Delays every chunk by {@code latency} plus a uniformly distributed share of {@code jitter}, up or down. Never less than zero, and
 * never so that a chunk overtakes another.
 */
record LatencyToxic(long latencyMillis, long jitterMillis) implements PacedToxic {

    static final ToxicType TYPE = ToxicType.ofToxiproxy(
            "latency", attributes -> new LatencyToxic(attributes.millis("latency"), attributes.millis("jitter")));

    @Override
    public Map<String, Object> attributes() {
        return Map.of("latency", latencyMillis, "jitter", jitterMillis);
    }

    @Override
    public Pace newPace(RandomGenerator random) {
        return (piece, arrival) -> arrival + TimeUnit.MILLISECONDS.toNanos(delayMillis(random));
    }

    long delayMillis(RandomGenerator random) {
        long jitter = jitterMillis == 0 ? 0 : random.nextLong(-jitterMillis, jitterMillis + 1);
        return Math.max(0, latencyMillis + jitter);
    }
}

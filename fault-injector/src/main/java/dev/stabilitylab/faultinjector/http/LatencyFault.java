package dev.stabilitylab.faultinjector.http;

import dev.stabilitylab.faultinjector.toxic.ToxicType;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Holds the response for a while, from the arrival of its head on. */
record LatencyFault(long latencyMillis, long jitterMillis) implements HttpFault {

    static final ToxicType TYPE = HttpToxic.type(
            "http_latency", attributes -> new LatencyFault(attributes.millis("latency"), attributes.millis("jitter")));

    @Override
    public Map<String, Object> attributes() {
        return Map.of("latency", latencyMillis, "jitter", jitterMillis);
    }

    /** {@code latency} plus or minus up to {@code jitter}, evenly spread; never less than nothing. */
    long delayMillis(RandomGenerator random) {
        long jitter = jitterMillis == 0 ? 0 : random.nextLong(-jitterMillis, jitterMillis + 1);
        return Math.max(0, latencyMillis + jitter);
    }
}

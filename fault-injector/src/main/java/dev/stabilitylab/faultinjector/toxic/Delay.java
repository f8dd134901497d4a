package dev.stabilitylab.faultinjector.toxic;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * A random delay, never below 0: {@code latency} plus or minus up to {@code jitter}, uniformly distributed; or, with a {@code sigma},
 * log-normally distributed around the median {@code latency}, as service times mostly are: {@code latency · e^(sigma · N(0, 1))}.
 *
 * @param sigma of the distribution's logarithm; 0 for the uniform one. With 1, one delay of 100 is above ten times the median.
 */
public record Delay(long latencyMillis, long jitterMillis, double sigma) {

    private static final double MAX_SIGMA = 4;

    /** Reads {@code latency}, {@code jitter} and {@code sigma}. */
    public static Delay read(Attributes attributes) {
        Delay delay = new Delay(
                attributes.millis("latency"), attributes.millis("jitter"), attributes.number("sigma", 0, MAX_SIGMA, 0));
        if (delay.sigma > 0 && delay.jitterMillis > 0) {
            throw new IllegalArgumentException("jitter is %d and sigma is %s; only one of them can be above 0"
                    .formatted(delay.jitterMillis, delay.sigma));
        }
        return delay;
    }

    /** The settings by name; {@code sigma} only where it is used, since Toxiproxy does not know it. */
    public Map<String, Object> attributes() {
        Map<String, Object> all = new TreeMap<>(Map.of("latency", latencyMillis, "jitter", jitterMillis));
        if (sigma > 0) {
            all.put("sigma", sigma);
        }
        return all;
    }

    /** Draws the next one, at most {@value Attributes#MAX_MILLIS} ms. */
    public long nextNanos(RandomGenerator random) {
        if (sigma > 0) {
            double millis = Math.min(Attributes.MAX_MILLIS, latencyMillis * Math.exp(sigma * random.nextGaussian()));
            return (long) (millis * TimeUnit.MILLISECONDS.toNanos(1));
        }
        long jitter = jitterMillis == 0 ? 0 : random.nextLong(-jitterMillis, jitterMillis + 1);
        return TimeUnit.MILLISECONDS.toNanos(Math.max(0, latencyMillis + jitter));
    }
}

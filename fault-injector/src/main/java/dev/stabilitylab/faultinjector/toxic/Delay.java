package dev.stabilitylab.faultinjector.toxic;

import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * A random delay, never below 0: {@code latency} plus or minus up to {@code jitter}, uniformly distributed; or, with a {@code sigma},
 * log-normally distributed around the median {@code latency}, as service times mostly are: {@code latency · e^(sigma · N(0, 1))}.
 *
 * @param latency in milliseconds
 * @param jitter in milliseconds
 * @param sigma of the distribution's logarithm; 0 for the uniform one. With 1, one delay of 100 is above ten times the median.
 */
public record Delay(
        @Attribute(max = Attributes.MAX_MILLIS, unit = "milliseconds")
        long latency,

        @Attribute(max = Attributes.MAX_MILLIS, unit = "milliseconds")
        long jitter,

        @Attribute(max = 4, hiddenByDefault = true) double sigma) {

    /** Refuses jitter together with sigma. */
    public Delay {
        if (sigma > 0 && jitter > 0) {
            throw new IllegalArgumentException(
                    "jitter is %d and sigma is %s; only one of them can be above 0".formatted(jitter, sigma));
        }
    }

    /** Draws the next one, at most {@value Attributes#MAX_MILLIS} ms. */
    public long nextNanos(RandomGenerator random) {
        if (sigma > 0) {
            double millis = Math.min(Attributes.MAX_MILLIS, latency * Math.exp(sigma * random.nextGaussian()));
            return (long) (millis * TimeUnit.MILLISECONDS.toNanos(1));
        }
        long deviation = jitter == 0 ? 0 : random.nextLong(-jitter, jitter + 1);
        return TimeUnit.MILLISECONDS.toNanos(Math.max(0, latency + deviation));
    }
}

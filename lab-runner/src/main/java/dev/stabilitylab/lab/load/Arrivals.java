package dev.stabilitylab.lab.load;

import dev.stabilitylab.lab.script.LoadSpec.Arrival;
import java.util.random.RandomGenerator;

/** The moments in which open-loop requests are due. */
final class Arrivals {

    private final double start;
    private final double meanGap;
    private final Arrival arrival;
    private final RandomGenerator random;
    private long count;
    private double gaps;

    /**
     * The first request is due one gap after the start.
     *
     * @param startNanos when the load starts
     */
    Arrivals(long startNanos, double ratePerSecond, Arrival arrival, RandomGenerator random) {
        this.start = startNanos;
        this.meanGap = 1e9 / ratePerSecond;
        this.arrival = arrival;
        this.random = random;
    }

    /** When the next request is due, in nanoseconds. */
    long next() {
        count++;
        if (arrival == Arrival.FIXED) {
            // A product, not a sum: rounding does not add up to a drift.
            return Math.round(start + count * meanGap);
        }
        // Inversion: -ln(1 - U) is exponentially distributed with mean 1 for U uniform in [0, 1).
        gaps += -Math.log1p(-random.nextDouble());
        return Math.round(start + gaps * meanGap);
    }
}

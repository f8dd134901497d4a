package dev.stabilitylab.lab.load;

import dev.stabilitylab.lab.script.LoadSpec.Arrival;
import java.util.random.RandomGenerator;

/** The moments in which open-loop requests are due. */
final class Arrivals {

    private final Arrival arrival;
    private final RandomGenerator random;
    private double start;
    private double meanGap;
    /** From the start to the arrival that is due next, in mean gaps. */
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
        // Inversion: -ln(1 - U) is exponentially distributed with mean 1 for U uniform in [0, 1).
        gaps += arrival == Arrival.FIXED ? 1 : -Math.log1p(-random.nextDouble());
        return due();
    }

    /**
     * Changes the rate. What is left of the gap that is under way shrinks or grows with it, as do all gaps to come; so the arrivals
     * stay as evenly or as randomly spread as they were.
     *
     * @param nanos from when on
     * @return when the request is due now that was due next
     */
    long changeRate(long nanos, double ratePerSecond) {
        double passed = (nanos - start) / meanGap;
        meanGap = 1e9 / ratePerSecond;
        start = nanos - passed * meanGap;
        return due();
    }

    private long due() {
        // A product, not a sum: rounding does not add up to a drift.
        return Math.round(start + gaps * meanGap);
    }
}

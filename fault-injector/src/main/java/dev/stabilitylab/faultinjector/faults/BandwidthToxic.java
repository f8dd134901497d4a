package dev.stabilitylab.faultinjector.faults;

import dev.stabilitylab.faultinjector.toxic.Attribute;
import dev.stabilitylab.faultinjector.toxic.Shaper;
import dev.stabilitylab.faultinjector.toxic.ShapingToxic;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * A thin pipe: bytes pass at {@code rate}, each piece after the time that it takes to send it. At a rate of 0 nothing passes.
 *
 * @param rate in kilobytes (1,000 bytes) a second, which is the same number as bytes a millisecond
 */
record BandwidthToxic(@Attribute(max = 100_000_000) long rate) implements ShapingToxic {

    private static final long NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    /** Long enough that a timer's inaccuracy does not matter, and short enough that bytes flow instead of coming in bursts. */
    private static final long MILLIS_PER_PIECE = 10;

    /** As much may wait as passes in two pieces, so that a late timer does not find the pipe empty; but at least this. */
    private static final int MIN_CAPACITY = 64 * 1024;

    @Override
    public Shaper newShaper(RandomGenerator random) {
        return new Pipe();
    }

    private final class Pipe implements Shaper {
        private long free;
        private boolean used;

        @Override
        public void takeOver(long now) {
            free = now;
            used = true;
        }

        @Override
        public int piece(int available) {
            return (int) Math.min(available, Math.max(1, rate * MILLIS_PER_PIECE));
        }

        @Override
        public long due(int piece, long arrival) {
            if (rate == 0) {
                return FOREVER;
            }
            long start = used && free - arrival > 0 ? free : arrival;
            used = true;
            free = start + piece * NANOS_PER_MILLI / rate;
            return free;
        }

        @Override
        public int capacity() {
            long twoPieces = rate * 2 * MILLIS_PER_PIECE;
            return (int) Math.min(Shaper.MAX_CAPACITY, Math.max(MIN_CAPACITY, twoPieces));
        }
    }
}

package dev.stabilitylab.faultinjector.faults;

import dev.stabilitylab.faultinjector.toxic.Shaper;
import dev.stabilitylab.faultinjector.toxic.ShapingToxic;
import dev.stabilitylab.faultinjector.toxic.ToxicType;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * A thin pipe: bytes pass at {@code rate}, each piece after the time that it takes to send it. At a rate of 0 nothing passes.
 *
 * @param bytesPerMilli which is the same number as kilobytes (1,000 bytes) a second, Toxiproxy's unit
 */
record BandwidthToxic(long bytesPerMilli) implements ShapingToxic {

    static final ToxicType TYPE = ToxicType.ofToxiproxy(
            "bandwidth", attributes -> new BandwidthToxic(attributes.whole("rate", 0, 100_000_000, 0)));

    private static final long NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    /** Long enough that a timer's inaccuracy does not matter, and short enough that bytes flow instead of coming in bursts. */
    private static final long MILLIS_PER_PIECE = 10;

    /** As much may wait as passes in two pieces, so that a late timer does not find the pipe empty; but at least this. */
    private static final int MIN_CAPACITY = 64 * 1024;

    @Override
    public Map<String, Object> attributes() {
        return Map.of("rate", bytesPerMilli);
    }

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
            return (int) Math.min(available, Math.max(1, bytesPerMilli * MILLIS_PER_PIECE));
        }

        @Override
        public long due(int piece, long arrival) {
            if (bytesPerMilli == 0) {
                return FOREVER;
            }
            long start = used && free - arrival > 0 ? free : arrival;
            used = true;
            free = start + piece * NANOS_PER_MILLI / bytesPerMilli;
            return free;
        }

        @Override
        public int capacity() {
            long twoPieces = bytesPerMilli * 2 * MILLIS_PER_PIECE;
            return (int) Math.min(Shaper.MAX_CAPACITY, Math.max(MIN_CAPACITY, twoPieces));
        }
    }
}

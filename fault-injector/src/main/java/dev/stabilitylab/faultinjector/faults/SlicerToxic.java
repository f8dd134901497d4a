package dev.stabilitylab.faultinjector.faults;

import dev.stabilitylab.faultinjector.toxic.Attribute;
import dev.stabilitylab.faultinjector.toxic.Attributes;
import dev.stabilitylab.faultinjector.toxic.Shaper;
import dev.stabilitylab.faultinjector.toxic.ShapingToxic;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Cuts what comes into small pieces, each sent by itself.
 *
 * @param averageSize of a piece, in bytes; 0 leaves chunks whole
 * @param sizeVariation how much smaller or larger a piece may be, uniformly distributed; in bytes
 * @param delay between two pieces, in microseconds
 */
record SlicerToxic(
        @Attribute(max = 1L << 30) int averageSize,
        @Attribute(max = 1L << 30) int sizeVariation,
        @Attribute(max = 1000.0 * Attributes.MAX_MILLIS) long delay)
        implements ShapingToxic {

    @Override
    public Shaper newShaper(RandomGenerator random) {
        return new Slices(random);
    }

    private final class Slices implements Shaper {
        private final RandomGenerator random;
        private long free;
        private boolean used;

        Slices(RandomGenerator random) {
            this.random = random;
        }

        @Override
        public void takeOver(long now) {
            free = now;
            used = true;
        }

        @Override
        public int piece(int available) {
            if (averageSize == 0) {
                return available;
            }
            int variation = sizeVariation == 0 ? 0 : random.nextInt(-sizeVariation, sizeVariation + 1);
            return Math.min(available, Math.max(1, averageSize + variation));
        }

        @Override
        public long due(int piece, long arrival) {
            long start = used && free - arrival > 0 ? free : arrival;
            used = true;
            free = start + TimeUnit.MICROSECONDS.toNanos(delay);
            return start;
        }
    }
}

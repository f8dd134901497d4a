package dev.stabilitylab.faultinjector.faults;

import dev.stabilitylab.faultinjector.toxic.Attributes;
import dev.stabilitylab.faultinjector.toxic.Shaper;
import dev.stabilitylab.faultinjector.toxic.ShapingToxic;
import dev.stabilitylab.faultinjector.toxic.ToxicType;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Cuts what comes into small pieces, each sent by itself.
 *
 * @param averageSize of a piece, in bytes; 0 leaves chunks whole
 * @param sizeVariation how much smaller or larger a piece may be, uniformly distributed; in bytes
 * @param delayMicros time between two pieces
 */
record SlicerToxic(int averageSize, int sizeVariation, long delayMicros) implements ShapingToxic {

    static final ToxicType TYPE = ToxicType.ofToxiproxy("slicer", SlicerToxic::read);

    private static final int MAX_SIZE = 1024 * 1024 * 1024;

    private static SlicerToxic read(Attributes attributes) {
        return new SlicerToxic(
                (int) attributes.whole("average_size", 0, MAX_SIZE, 0),
                (int) attributes.whole("size_variation", 0, MAX_SIZE, 0),
                attributes.whole("delay", 0, TimeUnit.MILLISECONDS.toMicros(Attributes.MAX_MILLIS), 0));
    }

    @Override
    public Map<String, Object> attributes() {
        return Map.of("average_size", averageSize, "size_variation", sizeVariation, "delay", delayMicros);
    }

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
            free = start + TimeUnit.MICROSECONDS.toNanos(delayMicros);
            return start;
        }
    }
}

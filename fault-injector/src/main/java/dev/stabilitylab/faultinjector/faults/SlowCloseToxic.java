package dev.stabilitylab.faultinjector.faults;

import dev.stabilitylab.faultinjector.toxic.Attribute;
import dev.stabilitylab.faultinjector.toxic.Attributes;
import dev.stabilitylab.faultinjector.toxic.Shaper;
import dev.stabilitylab.faultinjector.toxic.ShapingToxic;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** Passes bytes at once, and the end of the direction only after {@code delay}, in milliseconds. */
record SlowCloseToxic(
        @Attribute(max = Attributes.MAX_MILLIS, unit = "milliseconds")
        long delay) implements ShapingToxic {

    @Override
    public Shaper newShaper(RandomGenerator random) {
        return new Shaper() {
            @Override
            public long due(int piece, long arrival) {
                return arrival;
            }

            @Override
            public long endDue(long arrival) {
                return arrival + TimeUnit.MILLISECONDS.toNanos(delay);
            }
        };
    }
}

package dev.stabilitylab.faultinjector.faults;

import dev.stabilitylab.faultinjector.toxic.Delay;
import dev.stabilitylab.faultinjector.toxic.Shaper;
import dev.stabilitylab.faultinjector.toxic.ShapingToxic;
import java.util.random.RandomGenerator;

/** Delays every chunk. A chunk never overtakes another. */
record LatencyToxic(Delay delay) implements ShapingToxic {

    @Override
    public Shaper newShaper(RandomGenerator random) {
        return (piece, arrival) -> arrival + delay.nextNanos(random);
    }
}

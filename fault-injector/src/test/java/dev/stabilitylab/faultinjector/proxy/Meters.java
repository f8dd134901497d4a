package dev.stabilitylab.faultinjector.proxy;

import dev.stabilitylab.faultinjector.toxic.ToxicMeter;

/** Counts of a toxic that nobody is told of. */
final class Meters {

    private Meters() {}

    static ToxicMeter of(AppliedToxic toxic, StreamCounts counts) {
        ToxicTally tally = new ToxicTally("auth", strike -> {}, System::nanoTime);
        return counts.meter(toxic, tally, 1);
    }
}

package dev.stabilitylab.faultinjector.faults;

import dev.stabilitylab.faultinjector.toxic.Delay;
import dev.stabilitylab.faultinjector.toxic.Shaper;
import dev.stabilitylab.faultinjector.toxic.ShapingToxic;
import dev.stabilitylab.faultinjector.toxic.ToxicType;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Delays every chunk. A chunk never overtakes another. */
record LatencyToxic(Delay delay) implements ShapingToxic {

    static final ToxicType TYPE =
            ToxicType.ofToxiproxy("latency", attributes -> new LatencyToxic(Delay.read(attributes)));

    @Override
    public Map<String, Object> attributes() {
        return delay.attributes();
    }

    @Override
    public Shaper newShaper(RandomGenerator random) {
        return (piece, arrival) -> arrival + delay.nextNanos(random);
    }
}

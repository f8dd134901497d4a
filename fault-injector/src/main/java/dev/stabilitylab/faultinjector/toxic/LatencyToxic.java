package dev.stabilitylab.faultinjector.toxic;

import java.util.Map;
import java.util.random.RandomGenerator;

/** Delays every chunk. A chunk never overtakes another. */
record LatencyToxic(Delay delay) implements PacedToxic {

    static final ToxicType TYPE =
            ToxicType.ofToxiproxy("latency", attributes -> new LatencyToxic(Delay.read(attributes)));

    @Override
    public Map<String, Object> attributes() {
        return delay.attributes();
    }

    @Override
    public Pace newPace(RandomGenerator random) {
        return (piece, arrival) -> arrival + delay.nextNanos(random);
    }
}

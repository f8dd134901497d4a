package dev.stabilitylab.faultinjector.faults;

import dev.stabilitylab.faultinjector.toxic.Shaper;
import dev.stabilitylab.faultinjector.toxic.ShapingToxic;
import dev.stabilitylab.faultinjector.toxic.ToxicType;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** Passes bytes at once, and the end of the direction only after {@code delay}. */
record SlowCloseToxic(long delayMillis) implements ShapingToxic {

    static final ToxicType TYPE =
            ToxicType.ofToxiproxy("slow_close", attributes -> new SlowCloseToxic(attributes.millis("delay")));

    @Override
    public Map<String, Object> attributes() {
        return Map.of("delay", delayMillis);
    }

    @Override
    public Shaper newShaper(RandomGenerator random) {
        return new Shaper() {
            @Override
            public long due(int piece, long arrival) {
                return arrival;
            }

            @Override
            public long endDue(long arrival) {
                return arrival + TimeUnit.MILLISECONDS.toNanos(delayMillis);
            }
        };
    }
}

package dev.stabilitylab.faultinjector.http;

import dev.stabilitylab.faultinjector.toxic.Attributes;
import dev.stabilitylab.faultinjector.toxic.Delay;
import dev.stabilitylab.faultinjector.toxic.ToxicType;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Holds the message for a while, from the arrival of its head on. */
record LatencyFault(Delay delay) implements HttpFault {

    static final ToxicType TYPE = HttpToxic.type("http_latency", LatencyFault::read);

    private static LatencyFault read(Attributes attributes) {
        return new LatencyFault(Delay.read(attributes));
    }

    @Override
    public Map<String, Object> attributes() {
        return delay.attributes();
    }

    @Override
    public Effect newEffect(RandomGenerator random) {
        return new Effect() {
            @Override
            public long delayNanos() {
                return delay.nextNanos(random);
            }
        };
    }
}

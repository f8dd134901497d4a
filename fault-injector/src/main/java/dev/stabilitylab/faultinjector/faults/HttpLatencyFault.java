package dev.stabilitylab.faultinjector.faults;

import dev.stabilitylab.faultinjector.http.Effect;
import dev.stabilitylab.faultinjector.http.HttpFault;
import dev.stabilitylab.faultinjector.http.HttpToxic;
import dev.stabilitylab.faultinjector.toxic.Attributes;
import dev.stabilitylab.faultinjector.toxic.Delay;
import dev.stabilitylab.faultinjector.toxic.ToxicType;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Holds the message for a while, from the arrival of its head on. */
record HttpLatencyFault(Delay delay) implements HttpFault {

    static final ToxicType TYPE = HttpToxic.type("http_latency", HttpLatencyFault::read);

    private static HttpLatencyFault read(Attributes attributes) {
        return new HttpLatencyFault(Delay.read(attributes));
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

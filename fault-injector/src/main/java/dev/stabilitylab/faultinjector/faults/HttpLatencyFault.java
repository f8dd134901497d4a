package dev.stabilitylab.faultinjector.faults;

import dev.stabilitylab.faultinjector.http.Effect;
import dev.stabilitylab.faultinjector.http.HttpFault;
import dev.stabilitylab.faultinjector.toxic.Delay;
import java.util.random.RandomGenerator;

/** Holds the message for a while, from the arrival of its head on. */
record HttpLatencyFault(Delay delay) implements HttpFault {

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

package dev.stabilitylab.faultinjector.faults;

import dev.stabilitylab.faultinjector.toxic.Toxic;
import dev.stabilitylab.faultinjector.toxic.ToxicHandler;
import java.util.random.RandomGenerator;

/** Does nothing; Toxiproxy has it, and its clients' tests use it. */
record NoopToxic() implements Toxic {

    @Override
    public ToxicHandler newHandler(RandomGenerator random) {
        return new ToxicHandler() {};
    }
}

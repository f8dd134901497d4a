package dev.stabilitylab.faultinjector.faults;

import dev.stabilitylab.faultinjector.toxic.Toxic;
import dev.stabilitylab.faultinjector.toxic.ToxicHandler;
import dev.stabilitylab.faultinjector.toxic.ToxicType;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Does nothing; Toxiproxy has it, and its clients' tests use it. */
record NoopToxic() implements Toxic {

    static final ToxicType TYPE = ToxicType.ofToxiproxy("noop", attributes -> new NoopToxic());

    @Override
    public Map<String, Object> attributes() {
        return Map.of();
    }

    @Override
    public ToxicHandler newHandler(RandomGenerator random) {
        return new ToxicHandler() {};
    }
}

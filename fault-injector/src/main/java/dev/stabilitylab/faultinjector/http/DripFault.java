package dev.stabilitylab.faultinjector.http;

import dev.stabilitylab.faultinjector.toxic.Attributes;
import dev.stabilitylab.faultinjector.toxic.ToxicType;
import java.util.Map;

/** Lets the body through a few bytes at a time, the first of them with the head. */
record DripFault(long bytes, long intervalMillis) implements HttpFault {

    static final ToxicType TYPE = HttpToxic.type("http_drip", DripFault::read);

    private static final long MAX_BYTES = 1_048_576;

    private static DripFault read(Attributes attributes) {
        return new DripFault(
                attributes.whole("bytes", 1, MAX_BYTES, 1),
                attributes.whole("interval", 1, Attributes.MAX_MILLIS, 100));
    }

    @Override
    public Map<String, Object> attributes() {
        return Map.of("bytes", bytes, "interval", intervalMillis);
    }
}

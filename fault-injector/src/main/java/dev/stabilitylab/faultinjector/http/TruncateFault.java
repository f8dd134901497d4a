package dev.stabilitylab.faultinjector.http;

import dev.stabilitylab.faultinjector.toxic.Attributes;
import dev.stabilitylab.faultinjector.toxic.ToxicType;
import java.util.Map;

/**
 * Ends the connection when so many bytes of the body have passed.
 *
 * @param reset whether with a TCP reset, and not in good order
 */
record TruncateFault(long bytes, boolean reset) implements HttpFault {

    static final ToxicType TYPE = HttpToxic.type("http_truncate", TruncateFault::read);

    private static final long MAX_BYTES = 1L << 40;

    private static TruncateFault read(Attributes attributes) {
        return new TruncateFault(attributes.whole("bytes", 0, MAX_BYTES, 0), attributes.whole("reset", 0, 1, 0) == 1);
    }

    @Override
    public Map<String, Object> attributes() {
        return Map.of("bytes", bytes, "reset", reset ? 1 : 0);
    }
}

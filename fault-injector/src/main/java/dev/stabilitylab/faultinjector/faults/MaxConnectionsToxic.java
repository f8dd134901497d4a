package dev.stabilitylab.faultinjector.faults;

import dev.stabilitylab.faultinjector.toxic.AcceptToxic;
import dev.stabilitylab.faultinjector.toxic.ToxicType;
import java.util.Map;

/**
 * Accepts no more than so many connections at a time, as a server does that has run out of workers; with 0 as one that hangs. Those who come
 * next wait in the operating system's queue: they are connected, and nobody answers.
 */
record MaxConnectionsToxic(long maxConnections) implements AcceptToxic {

    /** More than the ports of an address. */
    private static final long MOST = 1_000_000;

    static final ToxicType TYPE = ToxicType.ofOurs(
            "max_connections", attributes -> new MaxConnectionsToxic(attributes.whole("connections", 0, MOST, 0)));

    @Override
    public Map<String, Object> attributes() {
        return Map.of("connections", maxConnections);
    }
}

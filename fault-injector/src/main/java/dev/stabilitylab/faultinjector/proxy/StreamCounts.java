package dev.stabilitylab.faultinjector.proxy;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** What toxics did to one direction of one proxy. */
public final class StreamCounts {

    private final Delays delays = new Delays();
    private final Map<String, ToxicCounts> byType = new ConcurrentHashMap<>();

    StreamCounts() {}

    /** Of that type of toxic. To be asked once for a connection, not once for a chunk. */
    ToxicCounts of(String type) {
        return byType.computeIfAbsent(type, unused -> new ToxicCounts(delays));
    }

    /** By the types of toxics that were there. */
    public Map<String, ToxicCounts> byType() {
        return new TreeMap<>(byType);
    }

    /** What toxics of all types added to chunks of bytes. */
    public Delays delays() {
        return delays;
    }
}

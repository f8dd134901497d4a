package dev.stabilitylab.faultinjector.proxy;

import dev.stabilitylab.faultinjector.http.HttpToxicTypes;
import dev.stabilitylab.faultinjector.toxic.ToxicTypes;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** What toxics did to one direction of one proxy. */
public final class StreamCounts {

    private final Delays delays = new Delays();
    private final Map<String, ToxicCounts> byType = new ConcurrentHashMap<>();

    /** Has all types from the start: a rate sees no change in what begins with its first hit. */
    StreamCounts() {
        Stream.of(ToxicTypes.all(), HttpToxicTypes.all()).flatMap(List::stream).forEach(type -> of(type.name()));
    }

    /** Of that type of toxic. To be asked once for a connection, not once for a chunk. */
    ToxicCounts of(String type) {
        return byType.computeIfAbsent(type, unused -> new ToxicCounts(delays));
    }

    /** By type of toxic. */
    public Map<String, ToxicCounts> byType() {
        return new TreeMap<>(byType);
    }

    /** What toxics of all types added to chunks of bytes. */
    public Delays delays() {
        return delays;
    }
}

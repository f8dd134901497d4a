package dev.stabilitylab.faultinjector.proxy;

import dev.stabilitylab.faultinjector.faults.ToxicTypes;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** What toxics did to one direction of one proxy. */
public final class StreamCounts {

    private static final double[] BOUNDS_SECONDS = {
        0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30
    };

    private final Histogram addedLatency = Histogram.builder()
            .name("added_latency_seconds")
            .classicOnly()
            .classicUpperBounds(BOUNDS_SECONDS)
            .withoutExemplars()
            .build();
    private final Map<String, ToxicCounts> byType = new ConcurrentHashMap<>();

    /** Has all types from the start: a rate sees no change in what begins with its first hit. */
    StreamCounts() {
        ToxicTypes.all().forEach(type -> of(type.name()));
    }

    /** Of that type of toxic. To be asked once for a connection, not once for a chunk. */
    ToxicCounts of(String type) {
        return byType.computeIfAbsent(type, unused -> new ToxicCounts(addedLatency));
    }

    /** By type of toxic. */
    public Map<String, ToxicCounts> byType() {
        return new TreeMap<>(byType);
    }

    /** How long toxics of all types held chunks of bytes back. */
    public HistogramDataPointSnapshot addedLatency() {
        return addedLatency.collect().getDataPoints().get(0);
    }
}

package dev.stabilitylab.faultinjector.proxy;

import io.prometheus.metrics.core.metrics.Histogram;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What toxics of one type did to one direction of one proxy. */
public final class ToxicCounts {

    private static final double NANOS_PER_SECOND = 1e9;

    private final Histogram addedLatency;
    private final LongAdder connections = new LongAdder();
    private final LongAdder requests = new LongAdder();
    private final Map<String, LongAdder> inert = new ConcurrentHashMap<>();

    ToxicCounts(Histogram addedLatency) {
        this.addedLatency = addedLatency;
    }

    void connectionHit() {
        connections.increment();
    }

    void requestHit() {
        requests.increment();
    }

    void delayed(long nanos) {
        addedLatency.observe(nanos / NANOS_PER_SECOND);
    }

    void inert(String reason) {
        inert.computeIfAbsent(reason, unused -> new LongAdder()).increment();
    }

    /** How often a toxic took hold of a connection. */
    public long connections() {
        return connections.sum();
    }

    /** How many requests were hit; 0 for toxics that know no requests. */
    public long requests() {
        return requests.sum();
    }

    /** How often a toxic could not act on a connection, by reason. */
    public Map<String, Long> inert() {
        Map<String, Long> all = new TreeMap<>();
        inert.forEach((reason, count) -> all.put(reason, count.sum()));
        return all;
    }
}

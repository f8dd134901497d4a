package dev.stabilitylab.faultinjector.proxy;

import dev.stabilitylab.faultinjector.toxic.ToxicMeter;
import io.prometheus.metrics.core.metrics.Histogram;
import java.util.concurrent.atomic.LongAdder;

/** What toxics of one type did to one direction of one proxy. */
public final class ToxicCounts implements ToxicMeter {

    private static final double NANOS_PER_SECOND = 1e9;

    private final Histogram addedLatency;
    private final LongAdder connections = new LongAdder();
    private final LongAdder requests = new LongAdder();

    ToxicCounts(Histogram addedLatency) {
        this.addedLatency = addedLatency;
    }

    void connectionHit() {
        connections.increment();
    }

    @Override
    public void requestHit() {
        requests.increment();
    }

    @Override
    public void delayed(long nanos) {
        addedLatency.observe(nanos / NANOS_PER_SECOND);
    }

    /** How often a toxic took hold of a connection. */
    public long connections() {
        return connections.sum();
    }

    /** How many requests were hit; 0 for toxics that know no requests. */
    public long requests() {
        return requests.sum();
    }
}

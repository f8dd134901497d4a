package dev.stabilitylab.faultinjector.proxy;

import java.util.concurrent.atomic.LongAdder;

/** What toxics of one type did to one direction of one proxy. */
public final class ToxicCounts {

    private final Delays delays;
    private final LongAdder connections = new LongAdder();
    private final LongAdder requests = new LongAdder();

    ToxicCounts(Delays delays) {
        this.delays = delays;
    }

    void connectionHit() {
        connections.increment();
    }

    void requestHit() {
        requests.increment();
    }

    void delayed(long nanos) {
        delays.add(nanos);
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

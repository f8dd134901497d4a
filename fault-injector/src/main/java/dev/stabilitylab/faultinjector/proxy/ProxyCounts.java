package dev.stabilitylab.faultinjector.proxy;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * What happened to a proxy's connections since the proxy was added. The threads that move bytes write here without waiting for one
 * another, and it can be read at any time.
 */
public final class ProxyCounts {

    final LongAdder failed = new LongAdder();
    final LongAdder cut = new LongAdder();
    private final AtomicLong accepted = new AtomicLong();
    private final StreamCounts upstream = new StreamCounts();
    private final StreamCounts downstream = new StreamCounts();

    ProxyCounts() {}

    /** Returns the connection's number; the first one's is 1. */
    long connectionAccepted() {
        return accepted.incrementAndGet();
    }

    /** Connections from clients. */
    public long accepted() {
        return accepted.get();
    }

    /** Connections from clients for which none to the upstream could be had. */
    public long failed() {
        return failed.sum();
    }

    /** Connections that were cut because the proxy was disabled, moved or removed. */
    public long cut() {
        return cut.sum();
    }

    public StreamCounts stream(Direction direction) {
        return direction == Direction.UPSTREAM ? upstream : downstream;
    }
}

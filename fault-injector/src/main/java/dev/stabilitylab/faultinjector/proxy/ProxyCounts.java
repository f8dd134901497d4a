package dev.stabilitylab.faultinjector.proxy;

import java.util.concurrent.atomic.LongAdder;

/**
 * What happened to a proxy's connections since the proxy was added. The threads that move bytes write here without waiting for one
 * another, and it can be read at any time.
 */
public final class ProxyCounts {

    private final LongAdder accepted = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder cut = new LongAdder();
    private final PerDirection<StreamCounts> streams = PerDirection.of(StreamCounts::new);
    private volatile PerDirection<Traffic> traffic = PerDirection.of(Traffic::new);

    ProxyCounts() {}

    void connectionAccepted() {
        accepted.increment();
    }

    void connectionFailed() {
        failed.increment();
    }

    void connectionsCut(int count) {
        cut.add(count);
    }

    /** The bytes begin at 0 again, since their labels name the addresses, and those have changed. */
    void addressesChanged() {
        traffic = PerDirection.of(Traffic::new);
    }

    /** Connections from clients. */
    public long accepted() {
        return accepted.sum();
    }

    /** Connections from clients for which none to the upstream could be had. */
    public long failed() {
        return failed.sum();
    }

    /** Connections that were cut because the proxy was disabled, moved or removed. */
    public long cut() {
        return cut.sum();
    }

    /** What toxics did in that direction. */
    public StreamCounts stream(Direction direction) {
        return streams.get(direction);
    }

    /** Bytes in that direction, since the proxy has had the addresses that it has. */
    public Traffic traffic(Direction direction) {
        return traffic.get(direction);
    }
}

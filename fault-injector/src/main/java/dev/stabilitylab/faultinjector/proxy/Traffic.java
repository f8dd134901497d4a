package dev.stabilitylab.faultinjector.proxy;

import java.util.concurrent.atomic.LongAdder;

/** Bytes that went one way between one listening address and one upstream. */
public final class Traffic {

    private final LongAdder received = new LongAdder();
    private final LongAdder sent = new LongAdder();

    Traffic() {}

    void addReceived(long bytes) {
        received.add(bytes);
    }

    void addSent(long bytes) {
        sent.add(bytes);
    }

    /** Bytes that were read from the one side. */
    public long received() {
        return received.sum();
    }

    /** Bytes that were passed on to the other side; what its socket has not taken yet is counted. */
    public long sent() {
        return sent.sum();
    }
}

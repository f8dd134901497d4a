package dev.stabilitylab.faultinjector.proxy;

import java.util.concurrent.atomic.LongAdder;

/** Bytes that went one way between one listening address and one upstream. */
public final class Traffic {

    final LongAdder received = new LongAdder();
    final LongAdder sent = new LongAdder();

    Traffic() {}

    /** Bytes that were read from the one side. */
    public long received() {
        return received.sum();
    }

    /** Bytes that were passed on to the other side; what its socket has not taken yet is counted. */
    public long sent() {
        return sent.sum();
    }
}

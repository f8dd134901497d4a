package dev.stabilitylab.faultinjector.toxic;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The bytes that faults hold back, of all connections together. As long as they are few, each direction of a connection may hold as many
 * as its toxic asks for; beyond the limit, each may only hold a chunk.
 */
public final class HeldBytes {

    /** Those of this process. At most 256 MiB, and a quarter of what the JVM lets buffers take if that is less. */
    public static final HeldBytes ALL =
            new HeldBytes(Math.min(256 * 1024 * 1024, Runtime.getRuntime().maxMemory() / 4));

    /** What may be held in any case, or else nothing would go on. */
    static final int ALWAYS = 64 * 1024;

    private final long limit;
    private final AtomicLong total = new AtomicLong();

    HeldBytes(long limit) {
        this.limit = limit;
    }

    /** To be called when bytes begin to be held. */
    public void add(long bytes) {
        total.addAndGet(bytes);
    }

    /** To be called when they are let go or dropped. */
    public void remove(long bytes) {
        total.addAndGet(-bytes);
    }

    /** All that are held now. */
    public long total() {
        return total.get();
    }

    /**
     * Whether one direction of a connection may take more.
     *
     * @param held bytes that it holds
     * @param capacity bytes that it may hold when there is room
     */
    public boolean hasRoom(long held, long capacity) {
        return held < Math.min(capacity, ALWAYS) || (held < capacity && total.get() < limit);
    }
}

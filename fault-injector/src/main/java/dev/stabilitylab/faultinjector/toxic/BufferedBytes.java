package dev.stabilitylab.faultinjector.toxic;

import io.netty.buffer.ByteBuf;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The bytes that faults hold back, of all connections together. As long as they are few, each direction of a connection may hold as many
 * as its toxic asks for; beyond the limit, each may only hold a chunk.
 */
public final class BufferedBytes {

    /** Those of this process. At most 256 MiB, and a quarter of what the JVM lets buffers take if that is less. */
    public static final BufferedBytes ALL =
            new BufferedBytes(Math.min(256 * 1024 * 1024, Runtime.getRuntime().maxMemory() / 4));

    /** The buffer's own objects, its smallest memory, and its place in a queue. */
    static final long CHUNK_OVERHEAD = 200;

    /** What may be held in any case, or else nothing would go on. */
    static final int ALWAYS = 64 * 1024;

    private final long limit;
    private final AtomicLong total = new AtomicLong();

    BufferedBytes(long limit) {
        this.limit = limit;
    }

    /** What it costs to hold a chunk: its bytes, and what is around them, which is most of it when chunks are small. */
    public static long cost(ByteBuf chunk) {
        return chunk.readableBytes() + CHUNK_OVERHEAD;
    }

    /** To be called when so much more is held; negative when it is let go or dropped. */
    public void add(long cost) {
        total.addAndGet(cost);
    }

    /** All that are held now. */
    public long total() {
        return total.get();
    }

    /** Whether one direction of a connection may take more that holds so much, and may hold {@code capacity} when there is room. */
    public boolean hasRoom(long held, long capacity) {
        return held < Math.min(capacity, ALWAYS) || (held < capacity && total.get() < limit);
    }
}

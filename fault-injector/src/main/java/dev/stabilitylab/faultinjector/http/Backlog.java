package dev.stabilitylab.faultinjector.http;

import dev.stabilitylab.faultinjector.toxic.BufferedBytes;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Bytes that have come and have to wait, with the time at which they came. */
final class Backlog {

    /** With so many nothing more is read, or with fewer when many connections hold much; what is on its way already still comes. */
    static final int MAX_BYTES = 256 * 1024;

    private final Deque<Chunk> chunks = new ArrayDeque<>(2);
    private long cost;

    /** Bytes that are now the backlog's to release. */
    record Chunk(ByteBuf bytes, long arrivedNanos) {}

    void addLast(Chunk chunk) {
        chunks.addLast(chunk);
        count(BufferedBytes.cost(chunk.bytes));
    }

    void addFirst(Chunk chunk) {
        chunks.addFirst(chunk);
        count(BufferedBytes.cost(chunk.bytes));
    }

    private void count(long added) {
        cost += added;
        BufferedBytes.ALL.add(added);
    }

    /** The next one, which is now the caller's. */
    @Nullable
    Chunk poll() {
        Chunk chunk = chunks.pollFirst();
        if (chunk != null) {
            count(-BufferedBytes.cost(chunk.bytes));
        }
        return chunk;
    }

    boolean isEmpty() {
        return chunks.isEmpty();
    }

    boolean hasRoom() {
        return BufferedBytes.ALL.hasRoom(cost, MAX_BYTES);
    }

    void release() {
        for (Chunk chunk = poll(); chunk != null; chunk = poll()) {
            chunk.bytes.release();
        }
    }
}

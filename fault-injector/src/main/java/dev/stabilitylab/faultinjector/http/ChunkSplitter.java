package dev.stabilitylab.faultinjector.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.function.Consumer;

/**
 * Cuts one chunk of bytes into what passes and what does not, without copying. A chunk that passes as a whole passes as it is. Reused
 * for all chunks of one direction.
 */
final class ChunkSplitter {

    private final Consumer<ByteBuf> out;
    private ByteBuf chunk = Unpooled.EMPTY_BUFFER;
    private int from;
    private int at;
    private boolean cut;

    /** What passes goes to {@code out}, which has to release it. */
    ChunkSplitter(Consumer<ByteBuf> out) {
        this.out = out;
    }

    /** Takes the next chunk, which this will release or hand on. */
    void begin(ByteBuf next) {
        chunk = next;
        from = next.readerIndex();
        at = from;
        cut = false;
    }

    /** Everything up to there passes; returns where that is. */
    int pass(int to) {
        at = to;
        return to;
    }

    /** Everything up to there is left out; returns where that is. */
    int drop(int to) {
        handOn();
        from = to;
        cut = true;
        return pass(to);
    }

    void passOrDrop(int to, boolean drop) {
        if (drop) {
            drop(to);
        } else {
            pass(to);
        }
    }

    /** Those bytes pass, before what comes next. */
    void insert(ByteBuf bytes) {
        if (bytes.isReadable()) {
            handOn();
            from = at;
            cut = true;
            out.accept(bytes);
        } else {
            bytes.release();
        }
    }

    /** The chunk is at its end. Returns whether it has passed as a whole; then it is not given to {@code out}, but the caller's. */
    boolean finish() {
        boolean whole = !cut && at == chunk.writerIndex();
        if (!whole) {
            handOn();
            chunk.release();
        }
        chunk = Unpooled.EMPTY_BUFFER;
        return whole;
    }

    /** Lets go of a chunk that has not come to its end, since something has failed. */
    void release() {
        chunk.release();
        chunk = Unpooled.EMPTY_BUFFER;
    }

    private void handOn() {
        if (at > from) {
            out.accept(chunk.retainedSlice(from, at - from));
        }
    }
}

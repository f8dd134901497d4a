package dev.stabilitylab.faultinjector.toxic;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/** What waits in one place of a queue: bytes, which pass in pieces, or an end. */
final class QueuedChunk {

    private final ByteBuf bytes;
    private final @Nullable Object end;
    private final long arrival;
    private boolean chosen;
    private int piece;
    private long due;

    private QueuedChunk(ByteBuf bytes, @Nullable Object end, long arrival) {
        this.bytes = bytes;
        this.end = end;
        this.arrival = arrival;
    }

    /** Bytes, which are now this one's to release or hand on. */
    static QueuedChunk bytes(ByteBuf bytes, long arrival) {
        return new QueuedChunk(bytes, null, arrival);
    }

    /** An event that marks the end of the direction, or of the connection. */
    static QueuedChunk end(Object event, long arrival) {
        return new QueuedChunk(Unpooled.EMPTY_BUFFER, event, arrival);
    }

    /** The event; null for bytes. */
    @Nullable
    Object end() {
        return end;
    }

    long arrival() {
        return arrival;
    }

    /** When the next piece may pass, or the end; the shaper is asked once for each. */
    long nextDue(Shaper shaper) {
        if (!chosen) {
            chosen = true;
            piece = end == null ? shaper.piece(bytes.readableBytes()) : 0;
            due = end == null ? shaper.due(piece, arrival) : shaper.endDue(arrival);
        }
        return due;
    }

    /** How much less there is to hold when the next piece has passed. */
    long pieceCost() {
        return isAtItsLastPiece() ? BufferedBytes.cost(bytes) : piece;
    }

    /** Whether nothing is left behind the next piece. */
    boolean isAtItsLastPiece() {
        return piece == bytes.readableBytes();
    }

    /** The next piece, which is now the caller's. */
    ByteBuf takePiece() {
        chosen = false;
        return isAtItsLastPiece() ? bytes : bytes.readRetainedSlice(piece);
    }

    /** The same with what is left of it, for another shaper to be asked. */
    QueuedChunk afresh() {
        return new QueuedChunk(bytes, end, arrival);
    }

    /** All that is left, which is now the caller's. */
    ByteBuf takeRest() {
        return bytes;
    }

    void release() {
        bytes.release();
    }
}

package dev.stabilitylab.faultinjector.toxic;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/** What waits in one place of a queue: bytes, which pass in pieces, or an end. */
final class Held {

    private final ByteBuf bytes;
    private final @Nullable Object end;
    private final long arrival;
    private boolean chosen;
    private int piece;
    private long due;

    private Held(ByteBuf bytes, @Nullable Object end, long arrival) {
        this.bytes = bytes;
        this.end = end;
        this.arrival = arrival;
    }

    /** Bytes, which are now this one's to release or hand on. */
    static Held bytes(ByteBuf bytes, long arrival) {
        return new Held(bytes, null, arrival);
    }

    /** An event that marks the end of the direction, or of the connection. */
    static Held end(Object event, long arrival) {
        return new Held(Unpooled.EMPTY_BUFFER, event, arrival);
    }

    /** The event; null for bytes. */
    @Nullable
    Object end() {
        return end;
    }

    long arrival() {
        return arrival;
    }

    /** When the next piece may pass, or the end; the pace is asked once for each. */
    long nextDue(Pace pace) {
        if (!chosen) {
            chosen = true;
            piece = end == null ? pace.piece(bytes.readableBytes()) : 0;
            due = end == null ? pace.due(piece, arrival) : pace.endDue(arrival);
        }
        return due;
    }

    /** How much less there is to hold when the next piece has passed. */
    long pieceCost() {
        return isAtItsLastPiece() ? HeldBytes.cost(bytes) : piece;
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

    /** The same with what is left of it, for another pace to be asked. */
    Held afresh() {
        return new Held(bytes, end, arrival);
    }

    /** All that is left, which is now the caller's. */
    ByteBuf takeRest() {
        return bytes;
    }

    void release() {
        bytes.release();
    }
}

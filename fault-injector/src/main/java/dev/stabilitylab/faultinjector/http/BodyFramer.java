package dev.stabilitylab.faultinjector.http;

import io.netty.buffer.ByteBuf;

/** Finds the end of a body, and tells its content from what is around chunks. Skips content by arithmetic. */
final class BodyFramer {

    /** Framing of a body in chunks. */
    static final long CHUNKED = -1;

    /** Framing of a body that ends with the connection. */
    static final long UNTIL_CLOSE = -2;

    private enum State {
        LENGTH,
        UNTIL_CLOSE,
        CHUNK,
        AROUND_CHUNKS,
        DONE,
        BROKEN
    }

    private final ChunkLines lines = new ChunkLines();
    private State state = State.DONE;
    private long left;
    private boolean content;

    /** Begins a body: of that many bytes, {@link #CHUNKED} or {@link #UNTIL_CLOSE}. */
    void start(long framing) {
        left = framing;
        if (framing == CHUNKED) {
            lines.start();
            state = State.AROUND_CHUNKS;
        } else if (framing == UNTIL_CLOSE) {
            state = State.UNTIL_CLOSE;
        } else {
            state = framing == 0 ? State.DONE : State.LENGTH;
        }
    }

    boolean isDone() {
        return state == State.DONE;
    }

    /** Whether that was no body in chunks, so that its end cannot be found. */
    boolean isBroken() {
        return state == State.BROKEN;
    }

    /** Whether {@link #advance} has gone over content, and not over what is around chunks. */
    boolean wasContent() {
        return content;
    }

    /**
     * Goes over bytes that are either all content or all none.
     *
     * @param maxContent how far to go when they are content; with 0 it stays where it is
     * @return the index behind them
     */
    int advance(ByteBuf in, int from, int to, long maxContent) {
        content = state == State.LENGTH || state == State.UNTIL_CLOSE || state == State.CHUNK;
        if (content) {
            return from + (int) skip(Math.min((long) to - from, maxContent));
        }
        int at = from;
        while (at < to && state == State.AROUND_CHUNKS) {
            readAroundChunks(in.getByte(at));
            at++;
        }
        return at;
    }

    private long skip(long most) {
        if (state == State.UNTIL_CLOSE) {
            return most;
        }
        long skipped = Math.min(most, left);
        left -= skipped;
        if (left == 0 && state == State.LENGTH) {
            state = State.DONE;
        } else if (left == 0) {
            lines.dataRead();
            state = State.AROUND_CHUNKS;
        }
        return skipped;
    }

    private void readAroundChunks(byte value) {
        lines.read(value);
        if (lines.isAtData()) {
            left = lines.size();
            state = State.CHUNK;
        } else if (lines.isDone()) {
            state = State.DONE;
        } else if (lines.isBroken()) {
            state = State.BROKEN;
        }
    }
}

package dev.stabilitylab.faultinjector.http;

import io.netty.buffer.ByteBuf;

/** Finds the end of a body, and tells its content from what is around chunks. Skips content by arithmetic. */
final class BodyFramer {

    /** Framing of a body in chunks. */
    static final long CHUNKED = -1;

    /** Framing of a body that ends with the connection. */
    static final long UNTIL_CLOSE = -2;

    private static final int MAX_SIZE_DIGITS = 15;
    private static final int MAX_LINE_BYTES = 64 * 1024;

    private enum State {
        LENGTH,
        UNTIL_CLOSE,
        SIZE,
        EXTENSION,
        SIZE_LF,
        DATA,
        DATA_END,
        DATA_LF,
        TRAILER,
        DONE,
        BROKEN
    }

    private State state = State.DONE;
    private long left;
    private int digits;
    private int lineBytes;
    private int trailerBytes;
    private boolean content;

    /** Begins a body: of that many bytes, {@link #CHUNKED} or {@link #UNTIL_CLOSE}. */
    void start(long framing) {
        left = framing;
        if (framing == CHUNKED) {
            state = nextChunk();
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
        content = isInContent();
        if (content) {
            return from + (int) skip(Math.min((long) to - from, maxContent));
        }
        int at = from;
        while (at < to && !isInContent() && !isDone() && !isBroken()) {
            state = read(in.getByte(at));
            at++;
        }
        return at;
    }

    private boolean isInContent() {
        return state == State.LENGTH || state == State.UNTIL_CLOSE || state == State.DATA;
    }

    private long skip(long most) {
        if (state == State.UNTIL_CLOSE) {
            return most;
        }
        long skipped = Math.min(most, left);
        left -= skipped;
        if (left == 0) {
            state = state == State.LENGTH ? State.DONE : State.DATA_END;
        }
        return skipped;
    }

    private State read(byte value) {
        return switch (state) {
            case SIZE -> readSize(value);
            case EXTENSION -> readExtension(value);
            case SIZE_LF -> value == '\n' ? sizeRead() : State.BROKEN;
            case DATA_END -> readDataEnd(value);
            case DATA_LF -> value == '\n' ? nextChunk() : State.BROKEN;
            case TRAILER -> readTrailer(value);
            default -> throw new IllegalStateException(state.name());
        };
    }

    private State readSize(byte value) {
        int digit = Character.digit(value, 16);
        if (digit >= 0) {
            left = left * 16 + digit;
            digits++;
            return digits <= MAX_SIZE_DIGITS ? State.SIZE : State.BROKEN;
        }
        if (digits == 0) {
            return State.BROKEN;
        }
        return switch (value) {
            case '\r' -> State.SIZE_LF;
            case '\n' -> sizeRead();
            case ';', ' ', '\t' -> State.EXTENSION;
            default -> State.BROKEN;
        };
    }

    private State readExtension(byte value) {
        lineBytes++;
        if (value == '\n') {
            return sizeRead();
        }
        return lineBytes <= MAX_LINE_BYTES ? State.EXTENSION : State.BROKEN;
    }

    private State sizeRead() {
        lineBytes = 0;
        trailerBytes = 0;
        return left == 0 ? State.TRAILER : State.DATA;
    }

    private State readDataEnd(byte value) {
        if (value == '\r') {
            return State.DATA_LF;
        }
        return value == '\n' ? nextChunk() : State.BROKEN;
    }

    private State nextChunk() {
        left = 0;
        digits = 0;
        lineBytes = 0;
        return State.SIZE;
    }

    /** Lines until a blank one. */
    private State readTrailer(byte value) {
        trailerBytes++;
        if (value == '\n' && lineBytes == 0) {
            return State.DONE;
        }
        if (value == '\n') {
            lineBytes = 0;
        } else if (value != '\r') {
            lineBytes++;
        }
        return trailerBytes <= MAX_LINE_BYTES ? State.TRAILER : State.BROKEN;
    }
}

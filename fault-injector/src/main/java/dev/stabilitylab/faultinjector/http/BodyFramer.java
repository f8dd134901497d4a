package dev.stabilitylab.faultinjector.http;

import io.netty.buffer.ByteBuf;

/**
 * Finds the end of a body, and tells its content from what is around chunks. Skips content by arithmetic. A line around chunks ends with a
 * carriage return and a line feed; either by itself is an end for some readers and none for others, so that is no body in chunks.
 */
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
        CHUNK,
        SIZE,
        EXTENSION,
        SIZE_LF,
        CHUNK_CR,
        CHUNK_LF,
        TRAILER,
        TRAILER_LF,
        DONE,
        BROKEN
    }

    private State state = State.DONE;
    /** Content to come, or the size of a chunk as far as it has been read. */
    private long left;

    private int digits;
    /** Of an extension, or of all the trailer. */
    private int lineBytes;

    private boolean blankLine;
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
        content = isContent();
        if (content) {
            return from + (int) skip(Math.min((long) to - from, maxContent));
        }
        int at = from;
        while (at < to && !isContent() && state != State.DONE && state != State.BROKEN) {
            state = read(in.getByte(at));
            at++;
        }
        return at;
    }

    private boolean isContent() {
        return state == State.LENGTH || state == State.UNTIL_CLOSE || state == State.CHUNK;
    }

    private long skip(long most) {
        if (state == State.UNTIL_CLOSE) {
            return most;
        }
        long skipped = Math.min(most, left);
        left -= skipped;
        if (left == 0) {
            state = state == State.LENGTH ? State.DONE : State.CHUNK_CR;
        }
        return skipped;
    }

    private State read(byte value) {
        return switch (state) {
            case SIZE -> readSize(value);
            case EXTENSION -> value == '\r' ? State.SIZE_LF : goOnWithLine(value);
            case SIZE_LF -> value == '\n' ? sizeRead() : State.BROKEN;
            case CHUNK_CR -> value == '\r' ? State.CHUNK_LF : State.BROKEN;
            case CHUNK_LF -> value == '\n' ? nextChunk() : State.BROKEN;
            case TRAILER -> value == '\r' ? State.TRAILER_LF : goOnWithLine(value);
            case TRAILER_LF -> value == '\n' ? nextTrailerLine() : State.BROKEN;
            default -> throw new IllegalStateException(state.name());
        };
    }

    private State nextChunk() {
        left = 0;
        digits = 0;
        lineBytes = 0;
        return State.SIZE;
    }

    private State readSize(byte value) {
        int digit = Character.digit(value, 16);
        if (digit >= 0) {
            left = left * 16 + digit;
            digits++;
            return digits <= MAX_SIZE_DIGITS ? State.SIZE : State.BROKEN;
        }
        return switch (digits == 0 ? 0 : value) {
            case '\r' -> State.SIZE_LF;
            case ';', ' ', '\t' -> State.EXTENSION;
            default -> State.BROKEN;
        };
    }

    private State goOnWithLine(byte value) {
        blankLine = false;
        lineBytes++;
        return value != '\n' && lineBytes <= MAX_LINE_BYTES ? state : State.BROKEN;
    }

    private State sizeRead() {
        lineBytes = 0;
        blankLine = true;
        return left == 0 ? State.TRAILER : State.CHUNK;
    }

    /** The trailer ends with a blank line. */
    private State nextTrailerLine() {
        boolean last = blankLine;
        blankLine = true;
        return last ? State.DONE : State.TRAILER;
    }
}

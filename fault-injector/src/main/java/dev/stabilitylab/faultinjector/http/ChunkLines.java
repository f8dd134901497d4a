package dev.stabilitylab.faultinjector.http;

/**
 * Reads what is around the chunks of a body: the lines with their sizes, the ends of lines, and the trailer. A line ends with a carriage
 * return and a line feed; either by itself is an end for some readers and none for others, so that is no body in chunks.
 */
final class ChunkLines {

    private static final int MAX_SIZE_DIGITS = 15;
    private static final int MAX_LINE_BYTES = 64 * 1024;

    private enum State {
        SIZE,
        EXTENSION,
        SIZE_LF,
        DATA,
        DATA_END,
        DATA_LF,
        TRAILER,
        TRAILER_LF,
        DONE,
        BROKEN
    }

    private State state = State.DONE;
    private long size;
    private int digits;
    private int lineBytes;
    private int trailerBytes;

    /** Begins a body. */
    void start() {
        state = nextChunk();
    }

    /** Whether a chunk comes next; {@link #size} tells how long it is. */
    boolean isAtData() {
        return state == State.DATA;
    }

    /** Bytes of the chunk, more than none. */
    long size() {
        return size;
    }

    /** The chunk has been gone over. */
    void dataRead() {
        state = State.DATA_END;
    }

    boolean isDone() {
        return state == State.DONE;
    }

    /** Whether that was no body in chunks. */
    boolean isBroken() {
        return state == State.BROKEN;
    }

    void read(byte value) {
        state = switch (state) {
            case SIZE -> readSize(value);
            case EXTENSION -> readExtension(value);
            case SIZE_LF -> value == '\n' ? sizeRead() : State.BROKEN;
            case DATA_END -> readDataEnd(value);
            case DATA_LF -> value == '\n' ? nextChunk() : State.BROKEN;
            case TRAILER -> readTrailer(value);
            case TRAILER_LF -> readTrailerLineFeed(value);
            case DATA, DONE, BROKEN -> throw new IllegalStateException(state.name());
        };
    }

    private State readSize(byte value) {
        int digit = Character.digit(value, 16);
        if (digit >= 0) {
            size = size * 16 + digit;
            digits++;
            return digits <= MAX_SIZE_DIGITS ? State.SIZE : State.BROKEN;
        }
        if (digits == 0) {
            return State.BROKEN;
        }
        return switch (value) {
            case '\r' -> State.SIZE_LF;
            case ';', ' ', '\t' -> State.EXTENSION;
            default -> State.BROKEN;
        };
    }

    private State readExtension(byte value) {
        lineBytes++;
        if (value == '\r') {
            return State.SIZE_LF;
        }
        return value != '\n' && lineBytes <= MAX_LINE_BYTES ? State.EXTENSION : State.BROKEN;
    }

    private State sizeRead() {
        lineBytes = 0;
        trailerBytes = 0;
        return size == 0 ? State.TRAILER : State.DATA;
    }

    private static State readDataEnd(byte value) {
        return value == '\r' ? State.DATA_LF : State.BROKEN;
    }

    private State nextChunk() {
        size = 0;
        digits = 0;
        lineBytes = 0;
        return State.SIZE;
    }

    /** Lines until a blank one. */
    private State readTrailer(byte value) {
        trailerBytes++;
        if (value == '\r') {
            return State.TRAILER_LF;
        }
        lineBytes++;
        return value != '\n' && trailerBytes <= MAX_LINE_BYTES ? State.TRAILER : State.BROKEN;
    }

    private State readTrailerLineFeed(byte value) {
        if (value != '\n') {
            return State.BROKEN;
        }
        boolean blank = lineBytes == 0;
        lineBytes = 0;
        return blank ? State.DONE : State.TRAILER;
    }
}

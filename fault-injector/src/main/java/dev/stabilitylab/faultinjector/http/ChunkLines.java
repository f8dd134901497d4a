package dev.stabilitylab.faultinjector.http;

/** Reads what is around the chunks of a body: the lines with their sizes, the ends of lines, and the trailer. */
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
        return size == 0 ? State.TRAILER : State.DATA;
    }

    private State readDataEnd(byte value) {
        if (value == '\r') {
            return State.DATA_LF;
        }
        return value == '\n' ? nextChunk() : State.BROKEN;
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

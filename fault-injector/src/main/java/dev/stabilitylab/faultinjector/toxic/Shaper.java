package dev.stabilitylab.faultinjector.toxic;

/**
 * How fast bytes pass: in which pieces, and how long each of them has to wait. Belongs to one direction of one connection. Times are
 * nanoseconds on a clock that only goes forward, as {@link System#nanoTime()}.
 */
public interface Shaper {

    /** A wait that does not end. */
    long FOREVER = Long.MAX_VALUE;

    /** The most bytes that may wait in one direction of one connection. */
    int MAX_CAPACITY = 4 * 1024 * 1024;

    /** How many of the next bytes go together; from 1 to {@code available}. By default all that came together. */
    default int piece(int available) {
        return available;
    }

    /**
     * When the next piece may pass. It is asked once for each piece, in their order.
     *
     * @param arrival when the piece came
     * @return a time, which may be over already, or {@link #FOREVER}
     */
    long due(int piece, long arrival);

    /** Takes the place of another shaper of its kind, with what waits there. From now on it counts, and what came before that is no debt. */
    default void takeOver(long now) {}

    /** When the end of the direction may pass, after everything before it has. */
    default long endDue(long arrival) {
        return arrival;
    }

    /** How many bytes may wait before the sender has to. */
    default int capacity() {
        return MAX_CAPACITY;
    }
}

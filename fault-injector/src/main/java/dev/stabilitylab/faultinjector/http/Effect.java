package dev.stabilitylab.faultinjector.http;

import io.netty.buffer.ByteBuf;

/** One fault at work on one message. What it does not override leaves the message as it is. */
public interface Effect {

    /** The answer of {@link #delayNanos} of a fault that delays nothing. */
    long NO_DELAY = -1;

    /** How long the whole message waits, counted from the arrival of its head; asked once. */
    default long delayNanos() {
        return NO_DELAY;
    }

    /** The head is about to pass; it may be changed, and another body put behind it. */
    default void start(MessageHead head, long nowNanos) {}

    /** How many bytes of the body may pass now. */
    default long allowance() {
        return Long.MAX_VALUE;
    }

    /** Makes a new allowance when there is none left, and returns how many nanoseconds the next bytes have to wait. */
    default long refill(long nowNanos) {
        return 0;
    }

    /** Bytes of the body are about to pass; they may be changed in place. */
    default void pass(ByteBuf bytes, int from, int to) {}

    /** Whether the connection ends here, and how. */
    default End end() {
        return End.NONE;
    }

    /** How a connection ends in the middle of a message. */
    enum End {
        NONE,
        CLOSE,
        RESET
    }
}

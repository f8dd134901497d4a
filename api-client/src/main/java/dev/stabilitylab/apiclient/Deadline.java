package dev.stabilitylab.apiclient;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A moment on the monotonic clock after which nobody waits for the answer any more. It travels from service to service
 * as the time that is left, in the header {@value #HEADER}, so that clocks need not agree.
 *
 * @param expiresAtNanos as of {@link System#nanoTime()}
 */
public record Deadline(long expiresAtNanos) {

    /** Request header with the caller's remaining time in whole milliseconds, from 1 to {@value #MAX_MILLIS}. */
    public static final String HEADER = "Deadline-Remaining-Ms";

    /** The longest remaining time that is accepted from outside: one hour. */
    public static final long MAX_MILLIS = 3_600_000;

    private static final ThreadLocal<Deadline> CURRENT = new ThreadLocal<>();

    /** A deadline that is {@code remaining} away from now. */
    public static Deadline in(Duration remaining) {
        return new Deadline(System.nanoTime() + remaining.toNanos());
    }

    /** The deadline of the request that this thread is serving, if its caller sent one. */
    public static Optional<Deadline> current() {
        return Optional.ofNullable(CURRENT.get());
    }

    /** The time left; zero, never negative, once it is over. */
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, expiresAtNanos - System.nanoTime()));
    }

    /** Whether there is no time left. */
    public boolean isOver() {
        return expiresAtNanos - System.nanoTime() <= 0;
    }

    /** {@code task} with this as the current deadline of whichever thread runs it. */
    public Runnable carriedBy(Runnable task) {
        return () -> {
            Deadline outer = enter();
            try {
                task.run();
            } finally {
                leave(outer);
            }
        };
    }

    /** Runs {@code work} with this as the current deadline of the thread. */
    public <T> T call(Callable<T> work) throws Exception {
        Deadline outer = enter();
        try {
            return work.call();
        } finally {
            leave(outer);
        }
    }

    private @Nullable Deadline enter() {
        Deadline outer = CURRENT.get();
        CURRENT.set(this);
        return outer;
    }

    private static void leave(@Nullable Deadline outer) {
        if (outer == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(outer);
        }
    }
}

package dev.stabilitylab.lab.load;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** The requests under way: how many may be, and the end of them all. Thread-safe. */
final class InFlight {

    /** The answer to someone who wants to begin a request. */
    enum Entry {
        /** Go on, and leave in the end. */
        ENTERED,
        /** Too many are under way. */
        FULL,
        /** No more requests are wanted. */
        CLOSED
    }

    private final int limit;
    private final Set<Future<?>> calls = Collections.newSetFromMap(new IdentityHashMap<>());
    private int entered;
    private boolean closed;
    private boolean cancelled;

    /** With a limit of requests under way. */
    InFlight(int limit) {
        this.limit = limit;
    }

    synchronized Entry enter() {
        if (closed) {
            return Entry.CLOSED;
        }
        if (entered >= limit) {
            return Entry.FULL;
        }
        entered++;
        return Entry.ENTERED;
    }

    /** What to cancel when time is up. */
    void track(Future<?> call) {
        boolean tooLate;
        synchronized (this) {
            calls.add(call);
            tooLate = cancelled;
        }
        if (tooLate) {
            call.cancel(true);
        }
    }

    @SuppressWarnings("CollectionUndefinedEquality") // The set goes by identity.
    synchronized void leave(Future<?> call) {
        calls.remove(call);
        entered--;
        if (entered == 0) {
            notifyAll();
        }
    }

    synchronized int count() {
        return entered;
    }

    /** From now on nobody enters. */
    synchronized void close() {
        closed = true;
    }

    /** Waits until all have left, or the time is up. */
    synchronized void awaitEmpty(long nanos) throws InterruptedException {
        long end = System.nanoTime() + nanos;
        while (entered > 0) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                return;
            }
            // Rounded up: a wait of 0 would have no end.
            wait(TimeUnit.NANOSECONDS.toMillis(left) + 1);
        }
    }

    /** Whether everything was cancelled. */
    synchronized boolean isCancelled() {
        return cancelled;
    }

    /** Cancels what is still under way, and what has entered and is yet to be tracked. */
    void cancelAll() {
        List<Future<?>> left;
        synchronized (this) {
            cancelled = true;
            left = List.copyOf(calls);
        }
        // Outside the lock: whoever is cancelled leaves.
        left.forEach(call -> call.cancel(true));
    }
}

package dev.stabilitylab.lab.time;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A timer with a thread of its own, which parks until the next action is due: it is late by a fraction of a millisecond, but
 * does not spin, since it shares the machine with the system it measures.
 */
public final class TimerThread implements Timer, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(TimerThread.class);

    private final RunClock clock;
    private final ScheduledThreadPoolExecutor executor;

    /**
     * Starts the thread with the first action.
     *
     * @param name the thread's name
     */
    public TimerThread(String name, RunClock clock) {
        this.clock = clock;
        this.executor = new ScheduledThreadPoolExecutor(
                1,
                action -> {
                    Thread thread = new Thread(action, name);
                    thread.setDaemon(true);
                    return thread;
                },
                // Actions that come after the end are no longer wanted.
                new ThreadPoolExecutor.DiscardPolicy());
        // Most deadlines are cancelled; without this, each would stay until it is due.
        executor.setRemoveOnCancelPolicy(true);
    }

    @Override
    public Task at(long nanos, Runnable action) {
        var future = executor.schedule(() -> run(action), nanos - clock.nanos(), TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }

    private static void run(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            log.error("An action of the timer failed", e);
        }
    }

    /** Leaves undone what is not yet due, and waits a moment for the thread to end. */
    @Override
    public void close() {
        executor.shutdownNow();
        try {
            if (!executor.awaitTermination(1, TimeUnit.SECONDS)) {
                log.warn("A timer's action did not end within a second");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

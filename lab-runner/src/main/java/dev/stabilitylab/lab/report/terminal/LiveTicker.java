package dev.stabilitylab.lab.report.terminal;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a display up to date by asking for the status five times a second, and closes it at the end, even when that end is
 * Ctrl-C: a terminal is never left without its cursor.
 */
public final class LiveTicker implements AutoCloseable {

    private static final long PERIOD_MILLIS = 200;

    private final LiveDisplay display;
    private final Supplier<? extends @Nullable LiveStatus> source;
    private final ScheduledExecutorService timer;
    private final ScheduledFuture<?> ticking;
    private final Thread atExit;

    /**
     * Starts to ask.
     *
     * @param source called by a thread of the ticker's own; null means that there is nothing to show right now. What it
     *     throws is printed once as an event, and ends the display, not the run
     */
    public LiveTicker(LiveDisplay display, Supplier<? extends @Nullable LiveStatus> source) {
        this.display = display;
        this.source = source;
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "live-display");
            thread.setDaemon(true);
            return thread;
        });
        this.atExit = new Thread(display::close, "live-display-at-exit");
        Runtime.getRuntime().addShutdownHook(atExit);
        this.ticking = timer.scheduleAtFixedRate(this::tick, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void tick() {
        try {
            LiveStatus status = source.get();
            if (status != null) {
                display.update(status);
            }
        } catch (RuntimeException e) {
            display.event("The live display stops here: " + e);
            ticking.cancel(false);
        }
    }

    /** Asks no more, and closes the display. */
    @Override
    public void close() {
        timer.shutdownNow();
        display.close();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The process is ending already, and the hook runs or has run.
            return;
        }
    }
}

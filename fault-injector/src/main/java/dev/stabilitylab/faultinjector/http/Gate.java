package dev.stabilitylab.faultinjector.http;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Closed for a while by a fault. Opens when the time is over, or the fault is gone. */
final class Gate {

    private final EventExecutor loop;
    private final Runnable opened;
    private @Nullable Future<?> timer;
    private @Nullable FaultSlot owner;

    /** Open; {@code opened} is run on the loop whenever the time is over. */
    Gate(EventExecutor loop, Runnable opened) {
        this.loop = loop;
        this.opened = opened;
    }

    boolean isOpen() {
        return timer == null;
    }

    /** Closes for that long; not at all when there is nothing to wait for. */
    void close(long nanos, FaultSlot fault) {
        if (nanos > 0) {
            owner = fault;
            timer = loop.schedule(this::open, nanos, TimeUnit.NANOSECONDS);
        }
    }

    private void open() {
        timer = null;
        opened.run();
    }

    void openIfLifted() {
        if (timer != null && owner != null && owner.isLifted()) {
            cancel();
            opened.run();
        }
    }

    void cancel() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }
}

package dev.stabilitylab.faultinjector.http;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A time in which nothing goes on, because of a fault. Ends when the time is over, or the fault is gone. */
final class Pause {

    private final EventExecutor loop;
    private final Runnable ended;
    private @Nullable Future<?> timer;
    private @Nullable FaultSlot owner;

    /** None yet; {@code ended} is run on the loop whenever one has ended. */
    Pause(EventExecutor loop, Runnable ended) {
        this.loop = loop;
        this.ended = ended;
    }

    boolean isOver() {
        return timer == null;
    }

    /** Begins a pause of that length; none when there is nothing to wait for. */
    void begin(long nanos, FaultSlot fault) {
        if (nanos > 0) {
            owner = fault;
            timer = loop.schedule(this::end, nanos, TimeUnit.NANOSECONDS);
        }
    }

    private void end() {
        timer = null;
        ended.run();
    }

    void endIfLifted() {
        if (timer != null && owner != null && owner.isLifted()) {
            cancel();
            ended.run();
        }
    }

    void cancel() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }
}

package dev.stabilitylab.faultinjector.proxy;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a fault when its time is over. There is one time at most: what is set later takes the place of what was set before. Guarded by the
 * lock that it is given; the fault is ended with the lock held.
 */
final class Ending {

    private static final Logger log = LoggerFactory.getLogger(Ending.class);

    private final EventExecutor changes;
    private final Object lock;
    private final Runnable end;
    private @Nullable ScheduledFuture<?> timer;

    /**
     * Nothing ends before a time is set.
     *
     * @param changes where the fault is ended; its clock is the one that counts
     */
    Ending(EventExecutor changes, Object lock, Runnable end) {
        this.changes = changes;
        this.lock = lock;
        this.end = end;
    }

    /** Counts the time from now on; a fault that lasts does not end. */
    void set(Lifetime lifetime) {
        cancel();
        if (!lifetime.isLasting()) {
            timer = changes.schedule(this::endWhenOver, lifetime.ttlMillis(), TimeUnit.MILLISECONDS);
        }
    }

    void cancel() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    /** Time left, if a time is set; at least 1, since a client may send back what it was shown. */
    OptionalLong remainingMillis() {
        if (timer == null) {
            return OptionalLong.empty();
        }
        long micros = timer.getDelay(TimeUnit.MICROSECONDS);
        return OptionalLong.of(Math.max(1, (micros + 999) / 1000));
    }

    private void endWhenOver() {
        synchronized (lock) {
            // A change may have been faster than this, and have set another time or none.
            if (timer == null || timer.getDelay(TimeUnit.NANOSECONDS) > 0) {
                return;
            }
            timer = null;
            try {
                Cause.TTL.during(end);
            } catch (RuntimeException e) {
                log.error("A fault whose time is over could not be ended", e);
            }
        }
    }
}

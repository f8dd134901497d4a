package dev.stabilitylab.faultinjector.proxy;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does something when a time is over. There is one time at most: what is set later takes the place of what was set before. Guarded by the
 * lock that it is given, which is also held during the reaction.
 */
public final class Alarm {

    private static final Logger log = LoggerFactory.getLogger(Alarm.class);

    private final EventExecutor changes;
    private final Object lock;
    private final Runnable reaction;
    private @Nullable ScheduledFuture<?> timer;

    /** Reacts on {@code changes}, whose clock is the one that counts. */
    public Alarm(EventExecutor changes, Object lock, Runnable reaction) {
        this.changes = changes;
        this.lock = lock;
        this.reaction = reaction;
    }

    /** Counts the time from now on. */
    public void set(long millis) {
        cancel();
        timer = changes.schedule(this::reactWhenOver, millis, TimeUnit.MILLISECONDS);
    }

    public void cancel() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    /** Time left, if a time is set; at least 1, since a client may send back what it was shown. */
    public OptionalLong remainingMillis() {
        if (timer == null) {
            return OptionalLong.empty();
        }
        long micros = timer.getDelay(TimeUnit.MICROSECONDS);
        return OptionalLong.of(Math.max(1, (micros + 999) / 1000));
    }

    private void reactWhenOver() {
        synchronized (lock) {
            // A change may have been faster than this, and have set another time or none.
            if (timer == null || timer.getDelay(TimeUnit.NANOSECONDS) > 0) {
                return;
            }
            timer = null;
            try {
                reaction.run();
            } catch (RuntimeException e) {
                log.error("What was to happen at the end of a time failed", e);
            }
        }
    }
}

package dev.stabilitylab.apiclient.internal.gateway;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** The time, and something to do later; passed in, so that tests need not wait. */
interface Alarm {

    Instant now();

    /** Does {@code task} once after that time, unless what is returned has been run before. */
    Runnable after(Duration time, Runnable task);

    /** Wall-clock time, and the timer's thread. What is not due when the timer is shut down is never done. */
    static Alarm on(ScheduledExecutorService timer) {
        return new Alarm() {

            @Override
            public Instant now() {
                return Instant.now();
            }

            @Override
            public Runnable after(Duration time, Runnable task) {
                ScheduledFuture<?> pending = timer.schedule(task, time.toNanos(), TimeUnit.NANOSECONDS);
                return () -> pending.cancel(false);
            }
        };
    }
}

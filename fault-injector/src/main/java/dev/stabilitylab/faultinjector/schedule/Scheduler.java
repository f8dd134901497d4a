package dev.stabilitylab.faultinjector.schedule;

import dev.stabilitylab.faultinjector.proxy.Alarm;
import dev.stabilitylab.faultinjector.proxy.Cause;
import dev.stabilitylab.faultinjector.proxy.Proxies;
import dev.stabilitylab.faultinjector.proxy.RefusedException;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Executes schedules, one at a time. */
public final class Scheduler {

    private static final Logger log = LoggerFactory.getLogger(Scheduler.class);

    private final EventExecutor changes;
    private final Proxies proxies;
    private final LongSupplier nanoTime;
    /** Rings when nobody has wanted the schedule for too long. */
    private final Alarm silence;

    private Optional<Schedule> current = Optional.empty();
    private @Nullable ScheduledFuture<?> timer;

    /** @param changes where events are executed */
    public Scheduler(EventExecutor changes, Proxies proxies) {
        this(changes, proxies, System::nanoTime);
    }

    Scheduler(EventExecutor changes, Proxies proxies, LongSupplier nanoTime) {
        this.changes = changes;
        this.proxies = proxies;
        this.nanoTime = nanoTime;
        this.silence = new Alarm(changes, this, () -> current.ifPresent(this::giveUp));
    }

    /** The schedule that runs, or the one that ran last. */
    public synchronized Optional<Schedule> current() {
        return current;
    }

    /** Whether there are events still to come. */
    public synchronized boolean isRunning() {
        return current.filter(Schedule::isRunning).isPresent();
    }

    /**
     * Starts a schedule, now. Faults that an earlier one has left behind stay.
     *
     * @param events in any order
     * @param keepaliveMillis when nobody has said for so long that the schedule is still wanted, it is cancelled; 0 for never
     * @throws IllegalStateException when one is running
     */
    public synchronized Schedule start(List<Schedule.Event> events, long keepaliveMillis) {
        if (isRunning()) {
            throw new IllegalStateException("a schedule is running");
        }
        Schedule started = new Schedule(events, keepaliveMillis, proxies, nanoTime);
        current = Optional.of(started);
        log.info("schedule: started, {} events", events.size());
        silence.cancel();
        listenForSilence(started);
        awaitNext(started);
        return started;
    }

    /** Says that somebody still wants the schedule; of no consequence for one that has been cancelled, or needs nobody. */
    public synchronized void keepAlive() {
        if (silence.remainingMillis().isPresent()) {
            current.ifPresent(this::listenForSilence);
        }
    }

    private void listenForSilence(Schedule schedule) {
        if (schedule.keepaliveMillis() > 0) {
            silence.set(schedule.keepaliveMillis());
        }
    }

    private void giveUp(Schedule schedule) {
        log.warn("schedule: nobody has kept it alive for {} ms", schedule.keepaliveMillis());
        try {
            Cause.SCHEDULE.during(this::cancel);
        } catch (RefusedException e) {
            log.error("schedule: a fault that it caused could not be ended: {}", e.getMessage());
            listenForSilence(schedule);
        }
    }

    /**
     * Cancels what is still to come, and ends the faults that the schedule caused and that still last.
     *
     * @throws RefusedException when one of those cannot be ended; then it can be tried again
     */
    public synchronized void cancel() {
        stopEvents();
        current.ifPresent(Schedule::endFaults);
        silence.cancel();
    }

    /** Cancels what is still to come, and nothing else. */
    public synchronized void stop() {
        stopEvents();
        silence.cancel();
    }

    private void stopEvents() {
        if (timer != null) {
            timer.cancel(false);
        }
        current.ifPresent(Schedule::stop);
    }

    private void awaitNext(Schedule schedule) {
        if (schedule.isRunning()) {
            timer = changes.schedule(() -> executeNext(schedule), schedule.nanosToNext(), TimeUnit.NANOSECONDS);
        } else {
            log.info("schedule: done");
        }
    }

    /** One event a task, so that requests get their turn between many events at the same time. */
    private synchronized void executeNext(Schedule schedule) {
        // It may have been cancelled while this waited for the lock.
        if (schedule.isRunning()) {
            schedule.executeNext();
            awaitNext(schedule);
        }
    }
}

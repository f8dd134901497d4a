package dev.stabilitylab.faultinjector.schedule;

import dev.stabilitylab.faultinjector.proxy.Cause;
import dev.stabilitylab.faultinjector.proxy.Fault;
import dev.stabilitylab.faultinjector.proxy.Proxies;
import dev.stabilitylab.faultinjector.proxy.Refusals;
import dev.stabilitylab.faultinjector.proxy.RefusedException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One timeline under way. Every event is due at its own time from the one start, so lateness does not add up. Not safe for use by
 * several threads at once.
 */
public final class Schedule {

    private static final Logger log = LoggerFactory.getLogger(Schedule.class);

    private final long keepaliveMillis;
    private final Proxies proxies;
    private final LongSupplier nanoTime;
    private final long start;
    private final List<Progress> progress = new ArrayList<>();
    /** Positions in the order in which they are executed; those at the same time as they stand. */
    private final List<Integer> order;
    /** Those that it caused. */
    private final Map<Action.Place, Fault> faults = new LinkedHashMap<>();

    private int executed;
    private boolean cancelled;

    Schedule(List<Event> events, long keepaliveMillis, Proxies proxies, LongSupplier nanoTime) {
        this.keepaliveMillis = keepaliveMillis;
        this.proxies = proxies;
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
        events.forEach(event -> progress.add(Progress.pending(event)));
        this.order = IntStream.range(0, events.size())
                .boxed()
                .sorted(Comparator.comparingLong(this::dueNanos))
                .toList();
    }

    /** How long it goes on without anybody keeping it alive; 0 for ever. */
    public long keepaliveMillis() {
        return keepaliveMillis;
    }

    /** Of each event, in the order in which they were given. */
    public List<Progress> progress() {
        return List.copyOf(progress);
    }

    /** Since the start. */
    public long elapsedMillis() {
        return TimeUnit.NANOSECONDS.toMillis(elapsedNanos());
    }

    /** In a word: {@code running}, {@code done}, or {@code cancelled} before that. */
    public String state() {
        if (cancelled) {
            return "cancelled";
        }
        return isRunning() ? "running" : "done";
    }

    /** Whether there are events still to come. */
    boolean isRunning() {
        return !cancelled && executed < order.size();
    }

    /** How long until the next event is due; not below 0. */
    long nanosToNext() {
        return Math.max(0, dueNanos(order.get(executed)) - elapsedNanos());
    }

    /** Executes the next event. When it fails, that is noted, and the rest goes on. */
    void executeNext() {
        int position = order.get(executed);
        executed++;
        Progress pending = progress.get(position);
        try {
            Cause.SCHEDULE.during(() -> pending.event().action().applyTo(proxies, faults));
            progress.set(position, pending.done(elapsedNanos() - dueNanos(position)));
        } catch (RefusedException e) {
            log.warn("schedule: event {} failed: {}", position + 1, e.getMessage());
            progress.set(position, pending.failed(e.getMessage()));
        } catch (RuntimeException e) {
            log.error("schedule: event {} failed", position + 1, e);
            progress.set(position, pending.failed(e.toString()));
        }
    }

    /** What is still to come will not. */
    void stop() {
        if (isRunning()) {
            cancelled = true;
            progress.replaceAll(one -> one.state() == Progress.State.PENDING ? one.cancelled() : one);
            log.info("schedule: cancelled, {} of {} events had been executed", executed, progress.size());
        }
    }

    /**
     * Ends the faults that it caused and that still last; also those after one that cannot be ended, which is kept.
     *
     * @throws RefusedException the first one's, with the others suppressed
     */
    void endFaults() {
        Refusals refusals = new Refusals();
        faults.values().removeIf(fault -> refusals.attempt(fault::end));
        refusals.throwFirst();
    }

    private long dueNanos(int position) {
        return TimeUnit.MILLISECONDS.toNanos(progress.get(position).event().atMillis());
    }

    private long elapsedNanos() {
        return nanoTime.getAsLong() - start;
    }

    /**
     * A change at a moment.
     *
     * @param atMillis from the start of the schedule
     * @param source what it was made of, for whoever shows it
     */
    public record Event(long atMillis, Action action, Object source) {}
}

package dev.stabilitylab.lab.time;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Time that passes only when a test says so, and a timer that goes by it. */
public final class ManualTime implements Timer {

    private static final Instant WALL_AT_ORIGIN = Instant.parse("2026-11-23T15:00:00Z");

    private final PriorityQueue<Entry> entries =
            new PriorityQueue<>(Comparator.comparingLong(Entry::nanos).thenComparingLong(Entry::number));
    private final RunClock clock;
    private long now;
    private long number;

    /** Starts at the origin. */
    public ManualTime() {
        // Any offset: System.nanoTime() starts anywhere.
        this.clock = new RunClock(() -> now - 987_654_321, () -> WALL_AT_ORIGIN.plusNanos(now));
    }

    /** The clock that goes by this time. */
    public RunClock clock() {
        return clock;
    }

    @Override
    public Task at(long nanos, Runnable action) {
        Entry entry = new Entry(nanos, number++, action);
        entries.add(entry);
        return () -> entries.remove(entry);
    }

    /** Lets time pass without the timer noticing, as in a pause of the whole process. */
    public void skip(Duration duration) {
        now += duration.toNanos();
    }

    /** Lets time pass, and does what is due on the way. */
    public void pass(Duration duration) {
        long end = now + duration.toNanos();
        while (!entries.isEmpty() && entries.element().nanos() <= end) {
            Entry entry = entries.remove();
            now = Math.max(now, entry.nanos());
            entry.action().run();
        }
        now = end;
    }

    private record Entry(long nanos, long number, Runnable action) {}
}

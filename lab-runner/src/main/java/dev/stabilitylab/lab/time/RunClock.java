package dev.stabilitylab.lab.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/** Nanoseconds since one origin: the moment in which the clock was made. Never jumps, unlike the wall clock. */
public final class RunClock {

    private static final int READINGS = 3;

    private final LongSupplier nanoTime;
    private final InstantSource wall;
    private final long origin;

    /**
     * With the origin now.
     *
     * @param nanoTime counts evenly from anywhere, like {@link System#nanoTime()}
     * @param wall the time of day, for moments that others report
     */
    public RunClock(LongSupplier nanoTime, InstantSource wall) {
        this.nanoTime = nanoTime;
        this.wall = wall;
        this.origin = nanoTime.getAsLong();
    }

    /** The machine's clock, with the origin now. */
    public static RunClock startNow() {
        return new RunClock(System::nanoTime, InstantSource.system());
    }

    /** Nanoseconds from the origin until now. */
    public long nanos() {
        return nanoTime.getAsLong() - origin;
    }

    /**
     * Nanoseconds from the origin until a moment of the day, negative when that was before the origin. Counted back from now, so
     * that a wall clock that was set or slewed since the origin does no harm to recent moments.
     */
    public long nanosOf(Instant moment) {
        Reading reading = read();
        for (int i = 1; i < READINGS; i++) {
            Reading next = read();
            reading = next.uncertainty() < reading.uncertainty() ? next : reading;
        }
        return reading.nanos() - Duration.between(moment, reading.wall()).toNanos();
    }

    private Reading read() {
        long before = nanos();
        Instant now = wall.instant();
        long uncertainty = nanos() - before;
        return new Reading(before + uncertainty / 2, now, uncertainty);
    }

    /** Both clocks at the same moment; more or less, since a thread may be held up between the two. */
    private record Reading(long nanos, Instant wall, long uncertainty) {}
}

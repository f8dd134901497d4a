package dev.stabilitylab.lab.report.timeline;

import java.time.Duration;

/**
 * Where the slots of a recording begin and end, in seconds.
 *
 * @param end of the recording
 * @param step length of every slot but the last
 * @param count at least 1
 */
record Grid(double end, double step, int count) {

    /** An index that no slot has. */
    static final int OUTSIDE = -1;

    static Grid of(Duration duration, Duration slotLength) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException(
                    "the recording lasts %s; it must last longer than 0 s".formatted(duration));
        }
        double end = seconds(duration);
        double step = seconds(slotLength);
        return new Grid(end, step, (int) Math.max(1, Math.round(end / step)));
    }

    static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    /** Rounded to a microsecond. */
    static double rounded(double seconds) {
        return Math.round(seconds * 1e6) / 1e6;
    }

    /** Start of a slot. Rounded, so that 3 x 0.1 is 0.3. */
    double start(int slot) {
        return rounded(slot * step);
    }

    double length(int slot) {
        double next = slot == count - 1 ? end : start(slot + 1);
        return rounded(next - start(slot));
    }

    /** The slot that a moment belongs to, or {@link #OUTSIDE}. The end itself belongs to the last slot. */
    int indexOf(double second) {
        if (second < 0 || second > end) {
            return OUTSIDE;
        }
        // A nanosecond's grace: 0.3 / 0.1 is just below 3 in binary.
        return Math.min(count - 1, (int) Math.floor((second + 1e-9) / step));
    }
}

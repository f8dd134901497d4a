package dev.stabilitylab.lab.report.timeline;

import dev.stabilitylab.lab.record.Recording;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Lengths of slots that suit a run, coarse first: one that is easy to read when all of it is shown, and the finest that keeps
 * the file small, for zooming in.
 */
public record Resolutions(List<Duration> steps) {

    private static final List<Duration> LADDER = Stream.of(100, 200, 500, 1000, 2000, 5000, 10_000, 30_000, 60_000)
            .map(Duration::ofMillis)
            .toList();

    private static final long COARSE_SLOTS = 400;
    private static final Duration READABLE = Duration.ofMillis(500);

    /** Of all variants together; with some twenty columns each this makes about four megabytes. */
    private static final long FINE_SLOTS = 40_000;

    /** For recordings that are shown together. */
    public static Resolutions of(List<Recording> recordings) {
        Duration longest = recordings.stream()
                .map(Recording::duration)
                .max(Duration::compareTo)
                .orElse(READABLE);
        Duration total = recordings.stream().map(Recording::duration).reduce(Duration.ZERO, Duration::plus);
        Duration coarse = atLeast(max(longest.dividedBy(COARSE_SLOTS), min(READABLE, longest.dividedBy(40))));
        Duration fine = atLeast(total.dividedBy(FINE_SLOTS));
        return new Resolutions(fine.compareTo(coarse) < 0 ? List.of(coarse, fine) : List.of(coarse));
    }

    /** The coarse one: for pictures that cannot be zoomed. */
    public Duration coarse() {
        return steps.get(0);
    }

    private static Duration atLeast(Duration duration) {
        return LADDER.stream()
                .filter(step -> step.compareTo(duration) >= 0)
                .findFirst()
                .orElse(duration);
    }

    private static Duration max(Duration left, Duration right) {
        return left.compareTo(right) > 0 ? left : right;
    }

    private static Duration min(Duration left, Duration right) {
        return left.compareTo(right) < 0 ? left : right;
    }
}

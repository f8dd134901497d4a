package dev.stabilitylab.lab.report.timeline;

import dev.stabilitylab.lab.record.Recording;
import dev.stabilitylab.lab.record.Recording.Mark;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A recording, cut into slots.
 *
 * @param variant the variant's name
 * @param slots without gaps, at least one
 * @param lanes a breaker each, by upstream and instance
 * @param marks events of the timeline, in order of time
 */
public record Timeline(String variant, List<Slot> slots, List<BreakerLane> lanes, List<Mark> marks) {

    /** Length of the slots of {@link #of(Recording)}. */
    public static final Duration FINE = Duration.ofMillis(100);

    /** In slots of 100 ms. */
    public static Timeline of(Recording recording) {
        return of(recording, FINE);
    }

    /** In slots of a length; what does not fit a whole number of slots goes to the last one. */
    public static Timeline of(Recording recording, Duration slotLength) {
        Grid grid = Grid.of(recording.duration(), slotLength);
        PageSlots pages = PageSlots.of(recording.pages(), grid);
        CounterSlots counters = CounterSlots.of(recording.samples(), grid);
        List<Slot> slots = new ArrayList<>();
        for (int i = 0; i < grid.count(); i++) {
            slots.add(new Slot(
                    grid.start(i),
                    grid.length(i),
                    pages.counts(i),
                    pages.p50Ms(i),
                    pages.p99Ms(i),
                    pages.maxMs(i),
                    counters.attempts(i),
                    counters.retries(i),
                    marksIn(i, recording.marks(), grid)));
        }
        return new Timeline(
                recording.variant(), List.copyOf(slots), BreakerLanes.of(recording), List.copyOf(recording.marks()));
    }

    private static List<String> marksIn(int slot, List<Mark> marks, Grid grid) {
        return marks.stream()
                .filter(mark -> grid.indexOf(Grid.seconds(mark.at())) == slot)
                .map(Mark::text)
                .toList();
    }
}

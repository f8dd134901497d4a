package dev.stabilitylab.lab.report.timeline;

import dev.stabilitylab.lab.record.Recording.InstanceSample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Increase of the instances' counters by slot. */
final class CounterSlots {

    private final Grid grid;
    private final List<Map<String, Map<String, Double>>> attempts = new ArrayList<>();
    private final List<Map<String, Double>> retries = new ArrayList<>();

    private CounterSlots(Grid grid) {
        this.grid = grid;
        for (int i = 0; i < grid.count(); i++) {
            attempts.add(new TreeMap<>());
            retries.add(new TreeMap<>());
        }
    }

    static CounterSlots of(List<InstanceSample> samples, Grid grid) {
        CounterSlots slots = new CounterSlots(grid);
        Map<String, InstanceSample> latest = new HashMap<>();
        for (InstanceSample sample : samples) {
            InstanceSample previous = latest.put(sample.instance(), sample);
            // The first look at an instance only tells what was before.
            if (previous != null) {
                slots.add(previous, sample);
            }
        }
        return slots;
    }

    Map<String, Map<String, Double>> attempts(int slot) {
        return attempts.get(slot);
    }

    Map<String, Double> retries(int slot) {
        return retries.get(slot);
    }

    private void add(InstanceSample previous, InstanceSample sample) {
        double from = Grid.seconds(previous.at());
        double to = Grid.seconds(sample.at());
        sample.attempts().forEach((upstream, outcomes) -> {
            Map<String, Long> before = previous.attempts().getOrDefault(upstream, Map.of());
            outcomes.forEach((outcome, count) -> spread(
                    increase(before.getOrDefault(outcome, 0L), count),
                    from,
                    to,
                    (slot, share) -> attempts.get(slot)
                            .computeIfAbsent(upstream, key -> new TreeMap<>())
                            .merge(outcome, share, Double::sum)));
        });
        sample.retries()
                .forEach((upstream, count) -> spread(
                        increase(previous.retries().getOrDefault(upstream, 0L), count),
                        from,
                        to,
                        (slot, share) -> retries.get(slot).merge(upstream, share, Double::sum)));
    }

    /** A counter that fell belongs to an instance that was started anew; all it counted is new. */
    private static long increase(long before, long now) {
        return now >= before ? now - before : now;
    }

    private void spread(long increase, double from, double to, Sink sink) {
        int last = grid.indexOf(Math.min(to, grid.end()));
        if (increase == 0 || last == Grid.OUTSIDE || from > grid.end()) {
            return;
        }
        if (to <= from) {
            sink.add(last, (double) increase);
            return;
        }
        for (int slot = grid.indexOf(Math.max(0, from)); slot <= last; slot++) {
            double start = Math.max(from, grid.start(slot));
            double end = Math.min(to, grid.start(slot) + grid.length(slot));
            if (end > start) {
                sink.add(slot, increase * (end - start) / (to - from));
            }
        }
    }

    private interface Sink {
        void add(int slot, double share);
    }
}

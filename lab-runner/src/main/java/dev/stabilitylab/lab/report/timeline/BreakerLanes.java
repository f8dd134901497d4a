package dev.stabilitylab.lab.report.timeline;

import dev.stabilitylab.lab.record.Recording;
import dev.stabilitylab.lab.record.Recording.BreakerTransition;
import dev.stabilitylab.lab.record.Recording.InstanceSample;
import dev.stabilitylab.lab.report.timeline.BreakerLane.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Puts the lanes of breakers together. Transitions tell the moment exactly, so where a breaker has any they alone count;
 * samples say in which state a breaker stayed that has none.
 */
final class BreakerLanes {

    private BreakerLanes() {}

    static List<BreakerLane> of(Recording recording) {
        double end = Grid.seconds(recording.duration());
        Map<Key, List<Change>> changes = fromTransitions(recording.transitions());
        fromSamples(recording.samples()).forEach(changes::putIfAbsent);
        List<BreakerLane> lanes = new ArrayList<>();
        changes.forEach((key, lane) -> lanes.add(new BreakerLane(key.upstream(), key.instance(), spans(lane, end))));
        return List.copyOf(lanes);
    }

    private static Map<Key, List<Change>> fromTransitions(List<BreakerTransition> transitions) {
        Map<Key, List<Change>> changes = new TreeMap<>();
        for (BreakerTransition transition : transitions) {
            List<Change> lane = changes.computeIfAbsent(
                    new Key(transition.upstream(), transition.instance()), key -> new ArrayList<>());
            if (lane.isEmpty()) {
                lane.add(new Change(0, transition.from()));
            }
            lane.add(new Change(Grid.seconds(transition.at()), transition.to()));
        }
        return changes;
    }

    private static Map<Key, List<Change>> fromSamples(List<InstanceSample> samples) {
        Map<Key, List<Change>> changes = new TreeMap<>();
        for (InstanceSample sample : samples) {
            sample.breakers()
                    .forEach((upstream, state) -> changes.computeIfAbsent(
                                    new Key(upstream, sample.instance()), key -> new ArrayList<>())
                            .add(new Change(Grid.seconds(sample.at()), state)));
        }
        return changes;
    }

    private static List<Span> spans(List<Change> changes, double end) {
        List<Span> spans = new ArrayList<>();
        for (Change change : changes) {
            double at = Math.max(0, change.second());
            if (at >= end && !spans.isEmpty()) {
                break;
            }
            if (spans.isEmpty()) {
                // Whatever was first seen of it held since the start: the recording begins in a warmed-up, steady
                // system.
                spans.add(new Span(0, end, change.state()));
                continue;
            }
            Span last = spans.remove(spans.size() - 1);
            if (last.state().equals(change.state())) {
                spans.add(last);
                continue;
            }
            if (at > last.from()) {
                spans.add(new Span(last.from(), at, last.state()));
            }
            spans.add(new Span(at, end, change.state()));
        }
        return List.copyOf(spans);
    }

    private record Key(String upstream, String instance) implements Comparable<Key> {
        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::upstream).thenComparing(Key::instance, NaturalOrder.INSTANCE);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    private record Change(double second, String state) {}
}

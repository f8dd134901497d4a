package dev.stabilitylab.lab.report.html;

import dev.stabilitylab.lab.report.timeline.BreakerLane;
import dev.stabilitylab.lab.report.timeline.BreakerLane.Span;
import java.util.ArrayList;
import java.util.List;

/**
 * A breaker's states.
 *
 * @param changes moment and new state, alternately
 */
record LaneData(String upstream, String instance, List<Object> changes) {

    /** Of all lanes of a variant. Above it, spans too short to be seen are left out. */
    private static final int MOST_SPANS = 10_000;

    private static final int VISIBLE_SHARE = 4000;

    static List<LaneData> of(List<BreakerLane> lanes, double end) {
        long spans = lanes.stream().mapToLong(lane -> lane.spans().size()).sum();
        double shortest = spans > MOST_SPANS ? end / VISIBLE_SHARE : 0;
        return lanes.stream()
                .map(lane -> new LaneData(lane.upstream(), lane.instance(), changes(lane.spans(), shortest)))
                .toList();
    }

    private static List<Object> changes(List<Span> spans, double shortest) {
        List<Object> changes = new ArrayList<>();
        for (Span span : spans) {
            if (changes.isEmpty() || span.to() - span.from() >= shortest) {
                changes.add(Math.round(span.from() * 1000) / 1000.0);
                changes.add(span.state());
            }
        }
        return changes;
    }
}

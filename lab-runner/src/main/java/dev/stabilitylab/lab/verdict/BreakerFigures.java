package dev.stabilitylab.lab.verdict;

import dev.stabilitylab.lab.record.Recording;
import dev.stabilitylab.lab.record.Recording.BreakerTransition;
import dev.stabilitylab.lab.record.Recording.InstanceSample;
import dev.stabilitylab.lab.record.Recording.Mark;
import dev.stabilitylab.lab.script.Claim.BreakerState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What the breakers of all homepage instances to the watched upstreams did. */
final class BreakerFigures {

    private static final double NANOS_PER_MILLI = 1e6;
    private static final Figure NO_BREAKER = new Figure.Missing("there is no breaker");

    private final List<BreakerHistory> breakers = new ArrayList<>();
    private final Optional<Duration> firstFault;
    private final Optional<Duration> lastHeal;

    BreakerFigures(Recording recording, Set<String> upstreams) {
        Set<String> instances = new LinkedHashSet<>();
        recording.samples().forEach(sample -> instances.add(sample.instance()));
        recording.transitions().forEach(transition -> instances.add(transition.instance()));
        for (String instance : instances) {
            upstreams.forEach(upstream -> history(recording, instance, upstream).ifPresent(breakers::add));
        }
        this.firstFault = marks(recording, Mark::fault).min(Comparator.naturalOrder());
        this.lastHeal = marks(recording, Mark::heal).max(Comparator.naturalOrder());
    }

    int count() {
        return breakers.size();
    }

    /** Breakers that were in this state at the end. */
    long endedIn(BreakerState state) {
        return breakers.stream()
                .filter(breaker -> breaker.finalState().equals(state.name()))
                .count();
    }

    /** Milliseconds from the first fault until every breaker had opened, or from the last heal until all were closed for good. */
    Figure after(BreakerState state) {
        if (breakers.isEmpty()) {
            return NO_BREAKER;
        }
        return switch (state) {
            case OPEN ->
                firstFault
                        .map(fault -> last(fault, breakers.stream().map(breaker -> breaker.openFrom(fault)), "opened"))
                        .orElseGet(() -> new Figure.Missing("nothing was broken"));
            case CLOSED ->
                lastHeal.map(heal -> last(heal, breakers.stream().map(breaker -> breaker.closedFrom(heal)), "closed"))
                        .orElseGet(() -> new Figure.Missing("nothing was healed"));
        };
    }

    private static Figure last(Duration since, Stream<Optional<Duration>> moments, String verb) {
        List<Optional<Duration>> all = moments.toList();
        long missing = all.stream().filter(Optional::isEmpty).count();
        return missing > 0
                ? new Figure.Missing("%d of %d breakers never %s".formatted(missing, all.size(), verb))
                : new Figure.Known(all.stream()
                                .flatMap(Optional::stream)
                                .mapToLong(moment -> moment.minus(since).toNanos())
                                .max()
                                .orElse(0)
                        / NANOS_PER_MILLI);
    }

    private static Optional<BreakerHistory> history(Recording recording, String instance, String upstream) {
        List<BreakerTransition> transitions = recording.transitions().stream()
                .filter(transition -> transition.instance().equals(instance))
                .filter(transition -> transition.upstream().equals(upstream))
                .filter(transition -> transition.at().compareTo(recording.duration()) <= 0)
                .toList();
        Optional<String> sampled = recording.samples().stream()
                .filter(sample -> sample.instance().equals(instance))
                .map(InstanceSample::breakers)
                .filter(states -> states.containsKey(upstream))
                .map(states -> states.get(upstream))
                .findFirst();
        return transitions.isEmpty()
                ? sampled.map(state -> new BreakerHistory(state, List.of()))
                : Optional.of(new BreakerHistory(transitions.get(0).from(), transitions));
    }

    private static Stream<Duration> marks(Recording recording, Predicate<Mark> kind) {
        return recording.marks().stream().filter(kind).map(Mark::at);
    }
}

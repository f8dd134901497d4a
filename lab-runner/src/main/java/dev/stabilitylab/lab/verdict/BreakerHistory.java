package dev.stabilitylab.lab.verdict;

import dev.stabilitylab.lab.record.Recording.BreakerTransition;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The states of one breaker over a recording.
 *
 * @param initial the state before the first transition
 * @param transitions in order of time
 */
record BreakerHistory(String initial, List<BreakerTransition> transitions) {

    static final String OPEN = "OPEN";
    static final String CLOSED = "CLOSED";

    String finalState() {
        return transitions.isEmpty()
                ? initial
                : transitions.get(transitions.size() - 1).to();
    }

    /** The first moment, from this one on, at which it was open. */
    Optional<Duration> openFrom(Duration moment) {
        if (stateAt(moment).equals(OPEN)) {
            return Optional.of(moment);
        }
        return transitions.stream()
                .filter(transition -> transition.at().compareTo(moment) > 0)
                .filter(transition -> transition.to().equals(OPEN))
                .map(BreakerTransition::at)
                .findFirst();
    }

    /** The moment, not before this one, since which it was closed until the end. */
    Optional<Duration> closedFrom(Duration moment) {
        if (!finalState().equals(CLOSED)) {
            return Optional.empty();
        }
        return Optional.of(
                transitions.isEmpty()
                        ? moment
                        : later(moment, transitions.get(transitions.size() - 1).at()));
    }

    private String stateAt(Duration moment) {
        String state = initial;
        for (BreakerTransition transition : transitions) {
            if (transition.at().compareTo(moment) <= 0) {
                state = transition.to();
            }
        }
        return state;
    }

    private static Duration later(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }
}

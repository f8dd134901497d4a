package dev.stabilitylab.apiclient.internal.core;

import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.StateTransition;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last transitions of one breaker, oldest first. */
public final class BreakerJournal {

    private static final int CAPACITY = 100;

    private final Deque<Transition> transitions = new ArrayDeque<>();

    BreakerJournal() {}

    /** A copy. */
    public synchronized List<Transition> transitions() {
        return List.copyOf(transitions);
    }

    synchronized void add(Instant at, StateTransition transition) {
        if (transitions.size() == CAPACITY) {
            transitions.removeFirst();
        }
        transitions.addLast(new Transition(at, transition.getFromState(), transition.getToState()));
    }

    /** A change of state. */
    public record Transition(Instant at, State from, State to) {}
}

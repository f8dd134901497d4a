package dev.stabilitylab.apiclient.internal.gateway;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.event.CircuitBreakerOnStateTransitionEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last changes of state of one breaker, oldest first. */
final class BreakerJournal {

    private static final int CAPACITY = 100;

    private final Deque<Transition> transitions = new ArrayDeque<>();

    private BreakerJournal() {}

    /** A journal that is kept from now on. */
    static BreakerJournal of(CircuitBreaker breaker) {
        BreakerJournal journal = new BreakerJournal();
        breaker.getEventPublisher().onStateTransition(journal::write);
        return journal;
    }

    synchronized List<Transition> transitions() {
        return List.copyOf(transitions);
    }

    /** What is left of {@code wait} since the breaker opened last; at least a millisecond. */
    synchronized Duration untilElapsedSinceOpened(Duration wait) {
        Transition last = transitions.peekLast();
        Duration left =
                last == null || last.to() != State.OPEN ? wait : wait.minus(Duration.between(last.at(), Instant.now()));
        return left.isNegative() || left.isZero() ? Duration.ofMillis(1) : left;
    }

    private synchronized void write(CircuitBreakerOnStateTransitionEvent event) {
        if (transitions.size() == CAPACITY) {
            transitions.removeFirst();
        }
        transitions.addLast(new Transition(
                event.getCreationTime().toInstant(),
                event.getStateTransition().getFromState(),
                event.getStateTransition().getToState()));
    }

    /** A change of state. */
    record Transition(Instant at, State from, State to) {}
}

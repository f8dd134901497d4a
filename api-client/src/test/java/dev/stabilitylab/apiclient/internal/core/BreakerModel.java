package dev.stabilitylab.apiclient.internal.core;

import dev.stabilitylab.apiclient.internal.policy.Policy;
import dev.stabilitylab.apiclient.internal.policy.Policy.WindowType;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import java.util.ArrayDeque;
import java.util.Deque;

/** What docs/policies.md says of the breaker, written down once more: a list of results, counted anew each time. */
final class BreakerModel {

    private static final long MILLISECOND = 1_000_000;
    private static final long SECOND = 1_000_000_000;

    private final Policy.CircuitBreaker policy;
    private final Deque<Result> results = new ArrayDeque<>();
    private State state = State.CLOSED;
    private long since;
    private int failures;
    private int slow;
    private int probesLeft;
    private int probesInFlight;
    private int generation;

    BreakerModel(Policy.CircuitBreaker policy, long now) {
        this.policy = policy;
        this.since = now;
    }

    State state() {
        return state;
    }

    int generation() {
        return generation;
    }

    /** Half-open, never more than permitted. */
    int probesInFlight() {
        return probesInFlight;
    }

    enum Answer {
        COME_IN,
        STAY_OUT,
        TOO_LITTLE_TIME
    }

    Answer ask(boolean hasTime, long now) {
        long openFor = policy.waitDurationInOpenState().toMillis() * MILLISECOND;
        boolean probes = state == State.HALF_OPEN || (state == State.OPEN && now - since > openFor);
        long patience = state == State.OPEN ? 2 * openFor : openFor;
        if (probes && !hasTime && now - since <= patience) {
            return Answer.TOO_LITTLE_TIME;
        }
        if (state == State.CLOSED) {
            return Answer.COME_IN;
        }
        if (!probes) {
            return Answer.STAY_OUT;
        }
        if (state == State.OPEN) {
            to(State.HALF_OPEN, now);
        }
        if (probesLeft == 0) {
            if (now - since >= policy.maxWaitDurationInHalfOpenState().toNanos()) {
                to(State.OPEN, now);
            }
            return Answer.STAY_OUT;
        }
        probesLeft--;
        probesInFlight++;
        return Answer.COME_IN;
    }

    /** @param counts false when it was neither a success nor a failure */
    void result(int begunIn, boolean counts, boolean failed, long nanos, long now, long second) {
        if (begunIn != generation) {
            return;
        }
        if (state == State.HALF_OPEN) {
            probesInFlight--;
        }
        if (!counts) {
            if (state == State.HALF_OPEN) {
                probesLeft++;
            }
            return;
        }
        boolean isSlow = nanos > policy.slowCallDurationThreshold().toNanos();
        results.addLast(new Result(second, failed, isSlow));
        failures += failed ? 1 : 0;
        slow += isSlow ? 1 : 0;
        boolean timeBased = state == State.CLOSED && policy.slidingWindowType() == WindowType.TIME_BASED;
        int calls =
                state == State.HALF_OPEN ? policy.permittedNumberOfCallsInHalfOpenState() : policy.slidingWindowSize();
        while (timeBased ? results.getFirst().second <= second - policy.slidingWindowSize() : results.size() > calls) {
            Result old = results.removeFirst();
            failures -= old.failed ? 1 : 0;
            slow -= old.slow ? 1 : 0;
        }
        int minimum = timeBased ? minimum() : Math.min(minimum(), calls);
        if (results.size() < minimum) {
            return;
        }
        if (failures * 100f / results.size() >= policy.failureRateThreshold()
                || slow * 100f / results.size() >= policy.slowCallRateThreshold()) {
            to(State.OPEN, now);
        } else if (state == State.HALF_OPEN) {
            to(State.CLOSED, now);
        }
    }

    // Resilience4j cuts it to the window, and then asks no more of the probes either, however many are permitted.
    private int minimum() {
        return policy.slidingWindowType() == WindowType.COUNT_BASED
                ? Math.min(policy.minimumNumberOfCalls(), policy.slidingWindowSize())
                : policy.minimumNumberOfCalls();
    }

    private void to(State next, long now) {
        state = next;
        since = now;
        generation++;
        results.clear();
        failures = 0;
        slow = 0;
        probesInFlight = 0;
        probesLeft = next == State.HALF_OPEN ? policy.permittedNumberOfCallsInHalfOpenState() : 0;
    }

    /** The second of the clock in which elapsed time falls. */
    static long second(long elapsed) {
        return Math.floorDiv(elapsed, SECOND);
    }

    private record Result(long second, boolean failed, boolean slow) {}
}

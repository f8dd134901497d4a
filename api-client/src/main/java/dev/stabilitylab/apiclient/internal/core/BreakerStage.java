package dev.stabilitylab.apiclient.internal.core;

import dev.stabilitylab.apiclient.Failure;
import dev.stabilitylab.apiclient.Outcome.Failed;
import dev.stabilitylab.apiclient.internal.core.Action.End;
import dev.stabilitylab.apiclient.internal.core.Verdict.Evidence;
import dev.stabilitylab.apiclient.internal.policy.Policy;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.StateTransition;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Stops calling an upstream that keeps failing, and probes it after a while. Resilience4j's breaker is the state. Around it stands what it
 * lacks: a result counts only in the state in which its call began, a probe has the time that a probe needs, and probes that take too long
 * cannot keep the breaker half-open.
 */
public final class BreakerStage implements Stage {

    private final CircuitBreaker breaker;
    private final EventClock clock;
    private final BreakerJournal journal = new BreakerJournal();
    private final long openWait;
    private final long halfOpenWait;
    private final long probeTime;
    private final AtomicInteger settlingWhileClosed = new AtomicInteger();
    private volatile Term term;

    /**
     * @param breaker on {@code clock}, and without a limit of its own to the half-open state, which it would keep by a timer
     * @param probeTime how long a probe may take: the attempt timeout
     */
    BreakerStage(CircuitBreaker breaker, EventClock clock, Policy.CircuitBreaker policy, Duration probeTime, long now) {
        this.breaker = breaker;
        this.clock = clock;
        // Resilience4j keeps this one in whole milliseconds; with another number here, calls without the time would
        // probe.
        this.openWait =
                policy.waitDurationInOpenState().truncatedTo(ChronoUnit.MILLIS).toNanos();
        this.halfOpenWait = policy.maxWaitDurationInHalfOpenState().toNanos();
        this.probeTime = probeTime.toNanos();
        this.term = new Term(true, now);
        breaker.getEventPublisher().onStateTransition(event -> {
            StateTransition transition = event.getStateTransition();
            term = new Term(transition.getToState() == State.CLOSED, clock.nanos());
            journal.add(clock.instant(), transition);
        });
    }

    /** The state, for those who want to look at it. */
    public CircuitBreaker breaker() {
        return breaker;
    }

    /** Its last transitions. */
    public BreakerJournal journal() {
        return journal;
    }

    @Override
    public <T> Pass<T> begin(Call<T> call, long now) {
        return new BreakerPass<>(this, call);
    }

    // docs:begin probes
    /** Takes a permit. What is returned is the term that it belongs to, {@link Term#REFUSED}, or {@link Term#TOO_LITTLE_TIME}. */
    private Term acquire(Call<?> call, long now) {
        Term current = term;
        // A closed breaker permits everything, so there is nothing to ask.
        return current.closed ? current : acquireUnlessClosed(call, now);
    }

    private synchronized Term acquireUnlessClosed(Call<?> call, long now) {
        clock.set(now);
        State before = breaker.getState();
        if (wouldProbe(before, now) && !hasTimeToProbe(call, now) && !hasWaitedInVain(before, now)) {
            return Term.TOO_LITTLE_TIME;
        }
        // A result that was found to count while closed and is not counted yet must not count as a probe's.
        if (wouldProbe(before, now) && before == State.OPEN && settlingWhileClosed.get() > 0) {
            return Term.REFUSED;
        }
        boolean permitted = breaker.tryAcquirePermission();
        if (!permitted && breaker.getState() == State.HALF_OPEN && now - term.since >= halfOpenWait) {
            breaker.transitionToOpenState();
        }
        return permitted ? term : Term.REFUSED;
    }

    private boolean wouldProbe(State state, long now) {
        return state == State.HALF_OPEN || (state == State.OPEN && now - term.since > openWait);
    }

    private boolean hasTimeToProbe(Call<?> call, long now) {
        return !call.isCutShortBefore(now + Math.min(probeTime, call.ownDeadline() - now));
    }

    // Where no caller ever has that much time, the breaker must not stay open for ever.
    private boolean hasWaitedInVain(State state, long now) {
        return now - term.since > (state == State.OPEN ? 2 * openWait : openWait);
    }
    // docs:end probes

    private void settle(Term acquired, Evidence evidence, @Nullable Failure failure, long nanos, long now) {
        if (!acquired.closed) {
            synchronized (this) {
                count(acquired, evidence, failure, nanos, now);
            }
            return;
        }
        // Without the lock: all calls pass here while nothing is wrong.
        settlingWhileClosed.incrementAndGet();
        try {
            count(acquired, evidence, failure, nanos, now);
        } finally {
            settlingWhileClosed.decrementAndGet();
        }
    }

    // A permit of an earlier term is worth nothing in this one. Counted here, calls from before the outage would reopen
    // a half-open breaker without a probe having ended.
    private void count(Term acquired, Evidence evidence, @Nullable Failure failure, long nanos, long now) {
        if (acquired != term) {
            return;
        }
        clock.set(now);
        switch (evidence) {
            case OF_HEALTH -> breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
            case OF_FAILURE -> breaker.onError(nanos, TimeUnit.NANOSECONDS, new UpstreamFailed(failure));
            case NONE -> breaker.releasePermission();
        }
    }

    private synchronized void release(Term acquired) {
        if (acquired == term) {
            breaker.releasePermission();
        }
    }

    /** When it is worth coming back: after what is left of the open state, or after the probes in flight. */
    private synchronized Duration untilNextProbe(long now) {
        long left = breaker.getState() == State.OPEN ? openWait - (now - term.since) : probeTime;
        return Duration.ofNanos(Math.max(TimeUnit.MILLISECONDS.toNanos(1), left));
    }

    /** The breaker's state from one transition to the next. */
    private static final class Term {

        static final Term REFUSED = new Term(false, 0);
        static final Term TOO_LITTLE_TIME = new Term(false, 0);

        private final boolean closed;
        private final long since;

        Term(boolean closed, long since) {
            this.closed = closed;
            this.since = since;
        }
    }

    private static final class BreakerPass<T> extends Pass<T> {

        private final BreakerStage stage;
        private final Call<T> call;
        private Term acquired = Term.REFUSED;
        private long startedAt;

        BreakerPass(BreakerStage stage, Call<T> call) {
            this.stage = stage;
            this.call = call;
        }

        @Override
        @Nullable
        Action enter(long now) {
            acquired = stage.acquire(call, now);
            startedAt = now;
            if (acquired == Term.TOO_LITTLE_TIME) {
                return new End<T>(new Failed<>(call.deadlineExceeded()));
            }
            return acquired == Term.REFUSED
                    ? new End<T>(new Failed<>(new Failure.BreakerOpen(call.upstream(), stage.untilNextProbe(now))))
                    : null;
        }

        @Override
        Action leave(End<T> end, long now) {
            Failure failure = end.outcome() instanceof Failed<T> failed ? failed.failure() : null;
            Evidence evidence = failure == null ? Evidence.OF_HEALTH : Verdict.evidence(failure);
            stage.settle(acquired, evidence, failure, now - startedAt, now);
            acquired = Term.REFUSED;
            return end;
        }

        @Override
        void abandon() {
            stage.release(acquired);
            acquired = Term.REFUSED;
        }
    }

    /** What Resilience4j's events show of a failure. Without a stack trace: it is no surprise. */
    private static final class UpstreamFailed extends RuntimeException {

        UpstreamFailed(@Nullable Failure failure) {
            super(failure == null ? null : failure.message(), failure == null ? null : failure.cause(), false, false);
        }
    }
}

package dev.stabilitylab.apiclient.internal.core;

import dev.stabilitylab.apiclient.Failure;
import dev.stabilitylab.apiclient.Outcome.Failed;
import dev.stabilitylab.apiclient.internal.core.Action.End;
import dev.stabilitylab.apiclient.internal.core.Verdict.Evidence;
import dev.stabilitylab.apiclient.internal.policy.Policy;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Stops calling an upstream that keeps failing, and probes it after a while. Resilience4j's breaker is the state. Around it stands what it
 * lacks: a result counts only in the state in which its call began, a probe has the time that a probe needs, and probes that take too long
 * cannot keep the breaker half-open.
 */
public final class BreakerStage implements Stage {

    private static final long REFUSED = -1;
    private static final long TOO_LITTLE_TIME = -2;

    private final CircuitBreaker breaker;
    private final EventClock clock;
    private final BreakerJournal journal = new BreakerJournal();
    private final long openWait;
    private final long halfOpenWait;
    private final long probeTime;
    private long stateSince;
    /** How many states there were before this one. */
    private long generation;

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
        this.stateSince = now;
        breaker.getEventPublisher()
                .onStateTransition(event -> journal.add(clock.instant(), event.getStateTransition()));
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
    /** Takes a permit. What is returned is the generation that it belongs to, {@link #REFUSED}, or {@link #TOO_LITTLE_TIME}. */
    private synchronized long acquire(Call<?> call, long now) {
        clock.set(now);
        State before = breaker.getState();
        if (wouldProbe(before, now) && !hasTimeToProbe(call, now) && !hasWaitedInVain(before, now)) {
            return TOO_LITTLE_TIME;
        }
        boolean permitted = breaker.tryAcquirePermission();
        if (!permitted && breaker.getState() == State.HALF_OPEN && now - stateSince >= halfOpenWait) {
            breaker.transitionToOpenState();
        }
        noteTransition(before, now);
        return permitted ? generation : REFUSED;
    }

    private boolean wouldProbe(State state, long now) {
        return state == State.HALF_OPEN || (state == State.OPEN && now - stateSince > openWait);
    }

    private boolean hasTimeToProbe(Call<?> call, long now) {
        return !call.isCutShortBefore(now + Math.min(probeTime, call.ownDeadline() - now));
    }

    // Where no caller ever has that much time, the breaker must not stay open for ever.
    private boolean hasWaitedInVain(State state, long now) {
        return now - stateSince > (state == State.OPEN ? 2 * openWait : openWait);
    }
    // docs:end probes

    private synchronized void settle(
            long acquired, Evidence evidence, @Nullable Failure failure, long nanos, long now) {
        // A permit of an earlier state is worth nothing in this one. Counted here, calls from before the outage would
        // reopen a half-open
        // breaker without a probe having ended.
        if (acquired != generation) {
            return;
        }
        clock.set(now);
        State before = breaker.getState();
        switch (evidence) {
            case OF_HEALTH -> breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
            case OF_FAILURE -> breaker.onError(nanos, TimeUnit.NANOSECONDS, new UpstreamFailed(failure));
            case NONE -> breaker.releasePermission();
        }
        noteTransition(before, now);
    }

    private synchronized void release(long acquired) {
        if (acquired == generation) {
            breaker.releasePermission();
        }
    }

    private void noteTransition(State before, long now) {
        if (breaker.getState() != before) {
            stateSince = now;
            generation++;
        }
    }

    /** When it is worth coming back: after what is left of the open state, or after the probes in flight. */
    private synchronized Duration untilNextProbe(long now) {
        long left = breaker.getState() == State.OPEN ? openWait - (now - stateSince) : probeTime;
        return Duration.ofNanos(Math.max(TimeUnit.MILLISECONDS.toNanos(1), left));
    }

    private static final class BreakerPass<T> extends Pass<T> {

        private final BreakerStage stage;
        private final Call<T> call;
        private long acquired = REFUSED;
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
            if (acquired == TOO_LITTLE_TIME) {
                return new End<T>(new Failed<>(call.deadlineExceeded()));
            }
            return acquired == REFUSED
                    ? new End<T>(new Failed<>(new Failure.BreakerOpen(call.upstream(), stage.untilNextProbe(now))))
                    : null;
        }

        @Override
        Action leave(End<T> end, long now) {
            Failure failure = end.outcome() instanceof Failed<T> failed ? failed.failure() : null;
            Evidence evidence = failure == null ? Evidence.OF_HEALTH : Verdict.evidence(failure);
            stage.settle(acquired, evidence, failure, now - startedAt, now);
            acquired = REFUSED;
            return end;
        }

        @Override
        void abandon() {
            if (acquired >= 0) {
                stage.release(acquired);
                acquired = REFUSED;
            }
        }
    }

    /** What Resilience4j's events show of a failure. Without a stack trace: it is no surprise. */
    private static final class UpstreamFailed extends RuntimeException {

        UpstreamFailed(@Nullable Failure failure) {
            super(failure == null ? null : failure.message(), failure == null ? null : failure.cause(), false, false);
        }
    }
}

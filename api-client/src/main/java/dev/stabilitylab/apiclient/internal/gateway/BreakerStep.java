package dev.stabilitylab.apiclient.internal.gateway;

import dev.stabilitylab.apiclient.Failure;
import dev.stabilitylab.apiclient.FailureKind;
import dev.stabilitylab.apiclient.Outcome;
import dev.stabilitylab.apiclient.Outcome.Failed;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Stops calling an upstream that keeps failing, and asks again with a few probes after a while. */
final class BreakerStep {

    private final CircuitBreaker breaker;
    private final BreakerJournal journal;

    BreakerStep(CircuitBreaker breaker) {
        this.breaker = breaker;
        this.journal = BreakerJournal.of(breaker);
    }

    CircuitBreaker breaker() {
        return breaker;
    }

    BreakerJournal journal() {
        return journal;
    }

    <T> Outcome<T> run(CallContext call, Step<T> next) {
        if (!breaker.tryAcquirePermission()) {
            return new Failed<>(new Failure.BreakerOpen(call.upstream(), untilNextProbe()));
        }
        State state = breaker.getState();
        long start = System.nanoTime();
        boolean ended = false;
        try {
            Outcome<T> outcome = next.run();
            ended = true;
            settle(state, outcome, System.nanoTime() - start);
            return outcome;
        } finally {
            if (!ended && breaker.getState() == state) {
                // An Error passed through: without this, a probe's permit would be lost for ever.
                breaker.releasePermission();
            }
        }
    }

    // A call that started in another state took its permit there. Counted here, calls from before the outage would
    // reopen a half-open breaker without a probe having ended.
    // docs:begin what-counts
    private <T> void settle(State startedIn, Outcome<T> outcome, long nanos) {
        if (breaker.getState() != startedIn) {
            return;
        }
        if (!(outcome instanceof Failed<T> failed) || failed.failure().kind() == FailureKind.REJECTED) {
            breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
        } else if (failed.failure().kind().isUpstreamsFault()) {
            breaker.onError(nanos, TimeUnit.NANOSECONDS, new UpstreamFailed(failed.failure()));
        } else {
            breaker.releasePermission();
        }
    }
    // docs:end what-counts

    private Duration untilNextProbe() {
        Duration wait = Duration.ofMillis(breaker.getCircuitBreakerConfig()
                .getWaitIntervalFunctionInOpenState()
                .apply(1));
        return journal.untilElapsedSinceOpened(wait);
    }

    /** What Resilience4j's events show of a failure. Without a stack trace: it is no surprise. */
    private static final class UpstreamFailed extends RuntimeException {

        UpstreamFailed(Failure failure) {
            super(failure.message(), failure.cause(), false, false);
        }
    }
}

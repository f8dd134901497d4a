package dev.stabilitylab.apiclient.internal.gateway;

import dev.stabilitylab.apiclient.Failure;
import dev.stabilitylab.apiclient.Outcome;
import dev.stabilitylab.apiclient.Outcome.Failed;
import dev.stabilitylab.apiclient.internal.policy.Backoff;
import dev.stabilitylab.apiclient.internal.policy.Policy;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Tries again what is idempotent and may end better, after a wait, as long as the deadline leaves time for one more attempt.
 * Otherwise it gives up with the failure it has, which tells more than that the time is over.
 */
final class RetryStep {

    private final int maxAttempts;
    private final Backoff backoff;
    private final @Nullable RetryBudget budget;
    private final RandomGenerator random;
    private final Sleeper sleeper;
    private final GatewayMetrics metrics;

    RetryStep(
            Policy.Retry policy,
            @Nullable RetryBudget budget,
            RandomGenerator random,
            Sleeper sleeper,
            GatewayMetrics metrics) {
        this.maxAttempts = policy.maxAttempts();
        this.backoff = policy.backoff();
        this.budget = budget;
        this.random = random;
        this.sleeper = sleeper;
        this.metrics = metrics;
    }

    // docs:begin retries
    <T> Outcome<T> run(CallContext call, Step<T> attempt) {
        if (budget != null) {
            budget.called();
        }
        Outcome<T> outcome = attempt.run();
        Duration wait = backoff.base();
        for (int retry = 0; retry < maxAttempts - 1 && outcome instanceof Failed<T> failed; retry++) {
            Failure failure = failed.failure();
            if (!call.idempotent() || !isWorthRetrying(failure)) {
                return outcome;
            }
            wait = backoff.before(retry, wait, random);
            Duration pause = max(wait, failure.retryAfter());
            if (pause.compareTo(call.deadline().remaining()) >= 0) {
                return outcome;
            }
            if (budget != null && !budget.tryRetry()) {
                metrics.retryRefused();
                return outcome;
            }
            try {
                sleeper.sleep(pause);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return new Failed<>(new Failure.Cancelled(call.upstream()));
            }
            outcome = attempt.run();
            if (wasSent(outcome)) {
                metrics.retried(failure.kind());
            }
        }
        return outcome;
    }
    // docs:end retries

    // docs:begin worth-retrying
    // 501 Not Implemented is the one server error that stays as it is.
    private static boolean isWorthRetrying(Failure failure) {
        return failure.kind().isWorthRetrying()
                && !(failure instanceof Failure.ServerError error && error.status() == 501);
    }
    // docs:end worth-retrying

    // What stops a retry below this step, an open breaker above all, is not a retry that the upstream felt.
    private static boolean wasSent(Outcome<?> outcome) {
        return !(outcome instanceof Failed<?> failed
                && (failed.failure() instanceof Failure.BreakerOpen
                        || failed.failure() instanceof Failure.BulkheadFull));
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}

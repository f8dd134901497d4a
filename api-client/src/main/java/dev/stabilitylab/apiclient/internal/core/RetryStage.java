package dev.stabilitylab.apiclient.internal.core;

import dev.stabilitylab.apiclient.Failure;
import dev.stabilitylab.apiclient.Outcome.Failed;
import dev.stabilitylab.apiclient.internal.core.Action.End;
import dev.stabilitylab.apiclient.internal.core.Action.Wait;
import dev.stabilitylab.apiclient.internal.policy.Backoff;
import dev.stabilitylab.apiclient.internal.policy.Policy;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Sends again what may be sent again and may end better, after a backoff, as long as the deadline leaves time for one more whole attempt.
 * Otherwise it gives up with the failure it has, which tells more than that the time is over.
 */
final class RetryStage implements Stage {

    private final int maxAttempts;
    private final Backoff backoff;
    private final @Nullable RetryBudget budget;
    private final long attemptTimeout;
    private final RandomGenerator random;

    /** @param budget null when nothing but {@code max-attempts} bounds the retries */
    RetryStage(Policy.Retry policy, @Nullable RetryBudget budget, Duration attemptTimeout, RandomGenerator random) {
        this.maxAttempts = policy.maxAttempts();
        this.backoff = policy.backoff();
        this.budget = budget;
        this.attemptTimeout = attemptTimeout.toNanos();
        this.random = random;
    }

    @Override
    public <T> Pass<T> begin(Call<T> call, long now) {
        if (budget != null) {
            budget.called();
        }
        return new RetryPass<>(this, call);
    }

    private static final class RetryPass<T> extends Pass<T> {

        private final RetryStage stage;
        private final Call<T> call;
        private int attempts;
        private @Nullable Duration lastBackoff;

        RetryPass(RetryStage stage, Call<T> call) {
            this.stage = stage;
            this.call = call;
        }

        // docs:begin retries
        @Override
        Action leave(End<T> end, long now) {
            attempts++;
            if (!(end.outcome() instanceof Failed<T> failed)
                    || attempts >= stage.maxAttempts
                    || !Verdict.isRetried(failed.failure(), call.facts().idempotent())) {
                return end;
            }
            long until = now + backoff(failed.failure()).toNanos();
            if (call.deadline() - until < stage.attemptTimeout) {
                return end;
            }
            if (stage.budget != null && !stage.budget.tryRetry()) {
                call.telemetry().retryRefused();
                return end;
            }
            call.retriesAfter(failed.failure().kind());
            return new Wait(until);
        }
        // docs:end retries

        // The jitter comes on top of what the upstream asked for, since it tells the same to everybody.
        private Duration backoff(Failure failure) {
            Duration previous = lastBackoff == null ? stage.backoff.base() : lastBackoff;
            Duration wait = stage.backoff.before(attempts - 1, previous, stage.random);
            lastBackoff = wait;
            Duration asked = failure.retryAfter();
            if (asked.compareTo(wait) <= 0) {
                return wait;
            }
            // More than any deadline, and not so much that adding to it overflows.
            long bounded = (asked.compareTo(Policy.LONGEST) > 0 ? Policy.LONGEST : asked).toNanos();
            long spread = Math.max(stage.backoff.base().toNanos(), bounded / 10);
            return Duration.ofNanos(bounded + (long) (stage.random.nextDouble() * spread));
        }
    }
}

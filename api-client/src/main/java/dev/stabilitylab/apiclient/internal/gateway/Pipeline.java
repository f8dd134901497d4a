package dev.stabilitylab.apiclient.internal.gateway;

import dev.stabilitylab.apiclient.Failure;
import dev.stabilitylab.apiclient.Outcome;
import dev.stabilitylab.apiclient.Outcome.Degraded;
import dev.stabilitylab.apiclient.Outcome.Failed;
import dev.stabilitylab.apiclient.internal.policy.Policy;
import dev.stabilitylab.apiclient.internal.policy.Policy.BreakerPosition;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One policy at work: the steps, with the state that belongs to them. A new policy is a new pipeline. */
record Pipeline(
        Policy policy,
        @Nullable RetryStep retry,
        @Nullable BreakerStep breaker,
        @Nullable BulkheadStep bulkhead,
        @Nullable LeaseStep lease,
        AttemptStep attempt) {

    // docs:begin order
    /** The order of the policies, outermost first. */
    <T> Outcome<T> run(CallContext call, CallSpec<T> spec) {
        Step<T> onTheWire = () -> attempt.run(call, spec.request(), spec.reader());
        Step<T> withBulkhead = () -> bulkhead == null ? onTheWire.run() : bulkhead.run(call, onTheWire);
        Step<T> protectedCall = breakerPosition() == BreakerPosition.OUTSIDE_RETRY
                ? () -> guarded(call, () -> retried(call, withBulkhead))
                : () -> retried(call, () -> guarded(call, withBulkhead));
        return fallback(spec.fallback(), leased(spec.lease(), protectedCall));
    }

    private <T> Outcome<T> leased(@Nullable LeaseKey key, Step<T> next) {
        return lease == null ? next.run() : lease.run(key, next);
    }
    // docs:end order

    private <T> Outcome<T> retried(CallContext call, Step<T> next) {
        return retry == null ? next.run() : retry.run(call, next);
    }

    private <T> Outcome<T> guarded(CallContext call, Step<T> next) {
        return breaker == null ? next.run() : breaker.run(call, next);
    }

    private static <T> Outcome<T> fallback(
            @Nullable Function<? super Failure, ? extends T> fallback, Outcome<T> outcome) {
        return fallback != null && outcome instanceof Failed<T> failed
                ? new Degraded<>(fallback.apply(failed.failure()), failed.failure())
                : outcome;
    }

    private BreakerPosition breakerPosition() {
        return policy.circuitBreaker() == null
                ? BreakerPosition.INSIDE_RETRY
                : policy.circuitBreaker().position();
    }
}

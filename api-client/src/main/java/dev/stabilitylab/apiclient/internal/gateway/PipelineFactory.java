package dev.stabilitylab.apiclient.internal.gateway;

import dev.stabilitylab.apiclient.internal.policy.Policy;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Makes the steps of a policy. Breakers and bulkheads are put into Resilience4j's registries, in place of those that were
 * there under the name, so that its metrics and endpoints show what is in use.
 */
final class PipelineFactory {

    private final CircuitBreakerRegistry breakers;
    private final BulkheadRegistry bulkheads;
    private final RandomGenerator random;
    private final Sleeper sleeper;

    PipelineFactory(
            CircuitBreakerRegistry breakers, BulkheadRegistry bulkheads, RandomGenerator random, Sleeper sleeper) {
        this.breakers = breakers;
        this.bulkheads = bulkheads;
        this.random = random;
        this.sleeper = sleeper;
    }

    Pipeline create(Upstream upstream, Policy policy, GatewayMetrics metrics) {
        return new Pipeline(
                policy,
                policy.retry() == null
                        ? null
                        : new RetryStep(policy.retry(), budget(policy.retryBudget()), random, sleeper, metrics),
                breaker(upstream.name(), policy.circuitBreaker()),
                bulkhead(upstream.name(), policy.bulkhead()),
                policy.lease() == null ? null : new LeaseStep(policy.lease(), System::nanoTime),
                new AttemptStep(upstream.wire(), policy.attemptTimeout(), metrics));
    }

    private static @Nullable RetryBudget budget(Policy.@Nullable RetryBudget policy) {
        return policy == null ? null : new RetryBudget(policy);
    }

    private @Nullable BreakerStep breaker(String upstream, Policy.@Nullable CircuitBreaker policy) {
        breakers.remove(upstream);
        if (policy == null) {
            return null;
        }
        return new BreakerStep(breakers.circuitBreaker(upstream, config(policy)));
    }

    private @Nullable BulkheadStep bulkhead(String upstream, Policy.@Nullable Bulkhead policy) {
        bulkheads.remove(upstream);
        if (policy == null) {
            return null;
        }
        Bulkhead bulkhead = bulkheads.bulkhead(
                upstream,
                BulkheadConfig.custom()
                        .maxConcurrentCalls(policy.maxConcurrentCalls())
                        .maxWaitDuration(policy.maxWaitDuration())
                        .build());
        return new BulkheadStep(bulkhead);
    }

    // What counts as a failure is decided by the kind of failure alone, so every recorded one counts.
    private static CircuitBreakerConfig config(Policy.CircuitBreaker policy) {
        return CircuitBreakerConfig.custom()
                .slidingWindow(
                        policy.slidingWindowSize(),
                        policy.minimumNumberOfCalls(),
                        policy.slidingWindowType() == Policy.WindowType.COUNT_BASED
                                ? SlidingWindowType.COUNT_BASED
                                : SlidingWindowType.TIME_BASED)
                .failureRateThreshold(policy.failureRateThreshold())
                .slowCallRateThreshold(policy.slowCallRateThreshold())
                .slowCallDurationThreshold(policy.slowCallDurationThreshold())
                .waitDurationInOpenState(policy.waitDurationInOpenState())
                .permittedNumberOfCallsInHalfOpenState(policy.permittedNumberOfCallsInHalfOpenState())
                .maxWaitDurationInHalfOpenState(policy.maxWaitDurationInHalfOpenState())
                .build();
    }
}

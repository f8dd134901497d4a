package dev.stabilitylab.apiclient.internal.core;

import dev.stabilitylab.apiclient.internal.core.Stage.Pass;
import dev.stabilitylab.apiclient.internal.policy.Policy;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One policy at work, with the state that belongs to it. Composed once; a new policy is a new pipeline. */
public final class Pipeline {

    private final String upstream;
    private final Policy policy;
    private final Telemetry telemetry;
    private final @Nullable StaleStage stale;
    private final @Nullable BreakerStage breaker;
    private final Stage[] stages;

    private Pipeline(String upstream, Policy policy, Surroundings surroundings, Telemetry telemetry, long now) {
        this.upstream = upstream;
        this.policy = policy;
        this.telemetry = telemetry;
        this.stale = policy.staleIfError() == null ? null : new StaleStage(policy.staleIfError());
        this.breaker = breaker(upstream, policy, surroundings, now);
        RetryStage retry = retry(policy, surroundings.random());
        BulkheadStage bulkhead = bulkhead(upstream, policy, surroundings.bulkheads());
        AttemptStage attempt = new AttemptStage(policy.attemptTimeout(), surroundings.wall());
        // docs:begin order
        // Outermost first. The deadline is a fact of the call, which every stage looks at.
        this.stages = breakerIsOutside(policy)
                ? order(new FallbackStage(), stale, breaker, retry, bulkhead, attempt)
                : order(new FallbackStage(), stale, retry, breaker, bulkhead, attempt);
        // docs:end order
    }

    /**
     * Puts a policy to work, with fresh state.
     *
     * @param now in nanoseconds of the driver's clock
     */
    public static Pipeline of(
            String upstream, Policy policy, Surroundings surroundings, Telemetry telemetry, long now) {
        return new Pipeline(upstream, policy, surroundings, telemetry, now);
    }

    /** A call that begins now. */
    public <T> Call<T> call(CallFacts<T> facts, long now) {
        return call(facts, telemetry, now);
    }

    /** The same, for a call that is told of to {@code own} in the place of the pipeline's telemetry. */
    public <T> Call<T> call(CallFacts<T> facts, Telemetry own, long now) {
        return new Call<>(this, facts, own, now);
    }

    /** The policy at work. */
    public Policy policy() {
        return policy;
    }

    /** The breaker, if the policy has one. */
    public @Nullable BreakerStage breaker() {
        return breaker;
    }

    @Nullable
    StaleStage stale() {
        return stale;
    }

    /** Gives up memory that is not needed any more. To be called now and then. */
    public void tidy(long now) {
        if (stale != null) {
            stale.removeExpired(now);
        }
    }

    String upstream() {
        return upstream;
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // There are no arrays of a generic type.
    <T> Pass<T>[] begin(Call<T> call, long now) {
        Pass<T>[] passes = new Pass[stages.length];
        for (int i = 0; i < stages.length; i++) {
            passes[i] = stages[i].begin(call, now);
        }
        return passes;
    }

    private static Stage[] order(@Nullable Stage... outermostFirst) {
        return Stream.of(outermostFirst).filter(Objects::nonNull).toArray(Stage[]::new);
    }

    private static boolean breakerIsOutside(Policy policy) {
        return policy.circuitBreaker() != null
                && policy.circuitBreaker().position() == Policy.BreakerPosition.OUTSIDE_RETRY;
    }

    private static @Nullable RetryStage retry(Policy policy, RandomGenerator random) {
        if (policy.retry() == null) {
            return null;
        }
        RetryBudget budget = policy.retryBudget() == null ? null : new RetryBudget(policy.retryBudget());
        return new RetryStage(policy.retry(), budget, policy.attemptTimeout(), random);
    }

    private static @Nullable BulkheadStage bulkhead(String upstream, Policy policy, BulkheadRegistry bulkheads) {
        bulkheads.remove(upstream);
        if (policy.bulkhead() == null) {
            return null;
        }
        Bulkhead bulkhead = bulkheads.bulkhead(
                upstream,
                BulkheadConfig.custom()
                        .maxConcurrentCalls(policy.bulkhead().maxConcurrentCalls())
                        .maxWaitDuration(Duration.ZERO)
                        .build());
        return new BulkheadStage(bulkhead, policy.bulkhead(), policy.attemptTimeout());
    }

    private static @Nullable BreakerStage breaker(String upstream, Policy policy, Surroundings surroundings, long now) {
        surroundings.breakers().remove(upstream);
        if (policy.circuitBreaker() == null) {
            return null;
        }
        EventClock clock = new EventClock(surroundings.wall(), now);
        CircuitBreaker breaker =
                surroundings.breakers().circuitBreaker(upstream, config(policy.circuitBreaker(), clock));
        return new BreakerStage(breaker, clock, policy.circuitBreaker(), policy.attemptTimeout(), now);
    }

    // What counts as a failure is decided outside, so every recorded one counts.
    private static CircuitBreakerConfig config(Policy.CircuitBreaker policy, Clock clock) {
        return CircuitBreakerConfig.custom()
                .clock(clock)
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
                .build();
    }

    /**
     * What a pipeline needs from outside.
     *
     * @param breakers where the breakers are put, in place of what is there under the upstream's name, so that Resilience4j's metrics show
     *     those in use
     * @param bulkheads the same for bulkheads
     * @param random for the jitter
     * @param wall people's time: for dates in {@code Retry-After}, and to name the times of transitions
     */
    public record Surroundings(
            CircuitBreakerRegistry breakers, BulkheadRegistry bulkheads, RandomGenerator random, Clock wall) {}
}

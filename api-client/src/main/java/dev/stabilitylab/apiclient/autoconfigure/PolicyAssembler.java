package dev.stabilitylab.apiclient.autoconfigure;

import dev.stabilitylab.apiclient.autoconfigure.ApiClientProperties.Part;
import dev.stabilitylab.apiclient.autoconfigure.ApiClientProperties.Upstream;
import dev.stabilitylab.apiclient.internal.policy.Policy;
import dev.stabilitylab.apiclient.internal.policy.Policy.WindowType;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.common.retry.configuration.CommonRetryConfigurationProperties;
import io.github.resilience4j.common.retry.configuration.CommonRetryConfigurationProperties.InstanceProperties;
import io.github.resilience4j.timelimiter.TimeLimiterRegistry;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Puts an upstream's policy together from our own keys and Resilience4j's. */
final class PolicyAssembler {

    // Resilience4j's own defaults, where it has them.
    private static final int MAX_ATTEMPTS = 3;
    private static final Duration WAIT = Duration.ofMillis(500);
    private static final double MULTIPLIER = 1.5;

    /** Resilience4j's default is 0, for ever; a breaker could then stay half-open without end. */
    private static final Duration HALF_OPEN_WAIT = Duration.ofSeconds(60);

    private final CircuitBreakerRegistry breakers;
    private final BulkheadRegistry bulkheads;
    private final TimeLimiterRegistry timeLimiters;
    private final CommonRetryConfigurationProperties retries;

    PolicyAssembler(
            CircuitBreakerRegistry breakers,
            BulkheadRegistry bulkheads,
            TimeLimiterRegistry timeLimiters,
            CommonRetryConfigurationProperties retries) {
        this.breakers = breakers;
        this.bulkheads = bulkheads;
        this.timeLimiters = timeLimiters;
        this.retries = retries;
    }

    Policy assemble(String name, Upstream own) {
        return new Policy(
                own.connectTimeout(),
                timeLimiters.timeLimiter(name).getTimeLimiterConfig().getTimeoutDuration(),
                own.deadline(),
                own.policies().contains(Part.RETRY) ? retry(name, own) : null,
                own.policies().contains(Part.RETRY_BUDGET) ? retryBudget(own.retryBudget()) : null,
                own.policies().contains(Part.CIRCUIT_BREAKER) ? breaker(name, own) : null,
                own.policies().contains(Part.BULKHEAD) ? bulkhead(name) : null,
                own.policies().contains(Part.STALE_IF_ERROR) ? staleIfError(own.staleIfError()) : null);
    }

    private static Policy.RetryBudget retryBudget(ApiClientProperties.RetryBudget own) {
        return new Policy.RetryBudget(own.percentage(), own.burst());
    }

    private static Policy.StaleIfError staleIfError(ApiClientProperties.StaleIfError own) {
        return new Policy.StaleIfError(own.maxAge(), own.maxSize());
    }

    private Policy.CircuitBreaker breaker(String name, Upstream own) {
        CircuitBreakerConfig config = breakers.circuitBreaker(name).getCircuitBreakerConfig();
        Duration halfOpenWait = config.getMaxWaitDurationInHalfOpenState();
        return new Policy.CircuitBreaker(
                own.breakerPosition(),
                config.getSlidingWindowType() == SlidingWindowType.COUNT_BASED
                        ? WindowType.COUNT_BASED
                        : WindowType.TIME_BASED,
                config.getSlidingWindowSize(),
                config.getMinimumNumberOfCalls(),
                config.getFailureRateThreshold(),
                config.getSlowCallRateThreshold(),
                config.getSlowCallDurationThreshold(),
                Duration.ofMillis(config.getWaitIntervalFunctionInOpenState().apply(1)),
                config.getPermittedNumberOfCallsInHalfOpenState(),
                halfOpenWait.isZero() ? HALF_OPEN_WAIT : halfOpenWait);
    }

    private Policy.Bulkhead bulkhead(String name) {
        BulkheadConfig config = bulkheads.bulkhead(name).getBulkheadConfig();
        return new Policy.Bulkhead(config.getMaxConcurrentCalls(), config.getMaxWaitDuration());
    }

    // From the properties, since Resilience4j's RetryConfig keeps its waits only as a function that jitters before it
    // caps.
    private Policy.Retry retry(String name, Upstream own) {
        Duration wait = setting(name, InstanceProperties::getWaitDuration, WAIT);
        boolean exponential = setting(name, InstanceProperties::getEnableExponentialBackoff, true);
        Duration longest = wait.compareTo(own.deadline()) > 0 ? wait : own.deadline();
        return new Policy.Retry(
                setting(name, InstanceProperties::getMaxAttempts, MAX_ATTEMPTS),
                wait,
                exponential ? setting(name, InstanceProperties::getExponentialBackoffMultiplier, MULTIPLIER) : 1,
                setting(name, InstanceProperties::getExponentialMaxWaitDuration, longest),
                own.jitter());
    }

    private <T> T setting(String name, Function<InstanceProperties, @Nullable T> key, T otherwise) {
        InstanceProperties instance = retries.getInstances().get(name);
        String base = instance == null || instance.getBaseConfig() == null ? "default" : instance.getBaseConfig();
        return Stream.of(instance, retries.getConfigs().get(base))
                .filter(Objects::nonNull)
                .map(key)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(otherwise);
    }
}

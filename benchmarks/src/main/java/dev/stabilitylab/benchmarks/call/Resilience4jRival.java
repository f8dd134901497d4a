package dev.stabilitylab.benchmarks.call;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.micrometer.tagged.TaggedBulkheadMetrics;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.github.resilience4j.micrometer.tagged.TaggedRetryMetrics;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.github.resilience4j.retry.RetryRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.function.Supplier;

/** The same exchange inside Resilience4j's decorators, composed once, which costs them least. */
final class Resilience4jRival {

    private static final String NAME = "recommendations";

    private Resilience4jRival() {}

    /** Retry, circuit breaker and bulkhead, with their metrics. */
    static Supplier<List<Integer>> around(Exchange exchange, MeterRegistry meters) {
        RetryRegistry retries = RetryRegistry.of(RetryConfig.custom()
                .maxAttempts(Settings.MAX_ATTEMPTS)
                .intervalFunction(IntervalFunction.ofExponentialRandomBackoff(Settings.BACKOFF))
                .build());
        CircuitBreakerRegistry breakers = CircuitBreakerRegistry.of(CircuitBreakerConfig.custom()
                .slidingWindowSize(Settings.WINDOW)
                .minimumNumberOfCalls(Settings.MINIMUM_CALLS)
                .failureRateThreshold(Settings.FAILURE_RATE)
                .slowCallDurationThreshold(Settings.ATTEMPT_TIMEOUT)
                .waitDurationInOpenState(Settings.OPEN)
                .build());
        BulkheadRegistry bulkheads = BulkheadRegistry.of(BulkheadConfig.custom()
                .maxConcurrentCalls(Settings.CONCURRENT_CALLS)
                .build());
        TaggedRetryMetrics.ofRetryRegistry(retries).bindTo(meters);
        TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(breakers).bindTo(meters);
        TaggedBulkheadMetrics.ofBulkheadRegistry(bulkheads).bindTo(meters);
        return Retry.decorateSupplier(
                retries.retry(NAME),
                CircuitBreaker.decorateSupplier(
                        breakers.circuitBreaker(NAME),
                        Bulkhead.decorateSupplier(bulkheads.bulkhead(NAME), exchange::bare)));
    }
}

package dev.stabilitylab.benchmarks.call;

import dev.failsafe.Bulkhead;
import dev.failsafe.CircuitBreaker;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.RetryPolicy;
import dev.failsafe.Timeout;
import java.util.List;

/** The same exchange inside Failsafe's policies, composed once, which costs them least. Failsafe has no metrics. */
final class FailsafeRival {

    private FailsafeRival() {}

    /** Retry, circuit breaker and bulkhead. */
    static FailsafeExecutor<List<Integer>> withoutTimeout() {
        return Failsafe.with(retry(), breaker(), bulkhead());
    }

    /** The same with an attempt timeout, which interrupts the thread from another one. */
    static FailsafeExecutor<List<Integer>> withTimeout() {
        Timeout<List<Integer>> timeout = Timeout.<List<Integer>>builder(Settings.ATTEMPT_TIMEOUT)
                .withInterrupt()
                .build();
        return Failsafe.with(retry(), breaker(), bulkhead(), timeout);
    }

    private static RetryPolicy<List<Integer>> retry() {
        return RetryPolicy.<List<Integer>>builder()
                .withMaxAttempts(Settings.MAX_ATTEMPTS)
                .withDelay(Settings.BACKOFF)
                .build();
    }

    private static CircuitBreaker<List<Integer>> breaker() {
        return CircuitBreaker.<List<Integer>>builder()
                .withFailureThreshold(Settings.WINDOW * Settings.FAILURE_RATE / 100, Settings.WINDOW)
                .withDelay(Settings.OPEN)
                .build();
    }

    private static Bulkhead<List<Integer>> bulkhead() {
        return Bulkhead.of(Settings.CONCURRENT_CALLS);
    }
}

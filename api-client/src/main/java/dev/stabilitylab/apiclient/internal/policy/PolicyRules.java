package dev.stabilitylab.apiclient.internal.policy;

import dev.stabilitylab.apiclient.internal.policy.Policy.Bulkhead;
import dev.stabilitylab.apiclient.internal.policy.Policy.CircuitBreaker;
import dev.stabilitylab.apiclient.internal.policy.Policy.Retry;
import dev.stabilitylab.apiclient.internal.policy.Policy.RetryBudget;
import dev.stabilitylab.apiclient.internal.policy.Policy.StaleIfError;
import dev.stabilitylab.apiclient.internal.support.DurationText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.util.unit.DataSize;

/** What a policy may hold. Finds everything that is wrong, not only the first thing. */
public final class PolicyRules {

    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Policy.LONGEST;
    private static final Duration SHORTEST_TTL = Duration.ofSeconds(1);
    private static final Duration LONGEST_TTL = Duration.ofHours(24);

    private static final DataSize SMALLEST = DataSize.ofKilobytes(1);
    private static final DataSize LARGEST = DataSize.ofGigabytes(1);

    private final List<Violation> violations = new ArrayList<>();

    private PolicyRules() {}

    /** Everything in {@code policy} that is not allowed; empty when all is well. */
    public static List<Violation> violations(Policy policy) {
        PolicyRules rules = new PolicyRules();
        rules.timeouts(policy);
        if (policy.retry() != null) {
            rules.retry(policy.retry());
        }
        if (policy.retryBudget() != null) {
            rules.retryBudget(policy.retryBudget(), policy.retry() != null);
        }
        if (policy.circuitBreaker() != null) {
            rules.breaker(policy.circuitBreaker());
        }
        if (policy.bulkhead() != null) {
            rules.bulkhead(policy.bulkhead());
        }
        if (policy.staleIfError() != null) {
            rules.staleIfError(policy.staleIfError());
        }
        return List.copyOf(rules.violations);
    }

    /** The same for the time for which a temporary policy is in use. */
    public static List<Violation> ttlViolations(Duration ttl) {
        PolicyRules rules = new PolicyRules();
        rules.within("ttl", ttl, SHORTEST_TTL, LONGEST_TTL);
        return List.copyOf(rules.violations);
    }

    private void timeouts(Policy policy) {
        within("connect-timeout", policy.connectTimeout(), SHORTEST, LONGEST);
        within("attempt-timeout", policy.attemptTimeout(), SHORTEST, LONGEST);
        boolean usable = within("deadline", policy.deadline(), SHORTEST, LONGEST);
        if (usable && policy.deadline().compareTo(policy.attemptTimeout()) < 0) {
            // The attempt timeout would be without effect.
            reject(
                    "deadline",
                    policy.deadline(),
                    "at least the attempt timeout, which is " + text(policy.attemptTimeout()));
        }
    }

    private void retry(Retry retry) {
        within("retry.max-attempts", retry.maxAttempts(), 1, 100);
        within("retry.wait-duration", retry.waitDuration(), Duration.ZERO, LONGEST);
        within("retry.exponential-backoff-multiplier", retry.exponentialBackoffMultiplier(), 1, 100);
        within("retry.exponential-max-wait-duration", retry.exponentialMaxWaitDuration(), Duration.ZERO, LONGEST);
        if (retry.exponentialMaxWaitDuration().compareTo(retry.waitDuration()) < 0) {
            reject(
                    "retry.exponential-max-wait-duration",
                    retry.exponentialMaxWaitDuration(),
                    "at least the wait-duration, which is " + text(retry.waitDuration()));
        }
    }

    private void retryBudget(RetryBudget budget, boolean hasRetry) {
        if (!hasRetry) {
            violations.add(new Violation("retry-budget", "there without retry", "left out, or retry added"));
        }
        percentage("retry-budget.percentage", budget.percentage());
        within("retry-budget.burst", budget.burst(), 1, 10_000);
    }

    private void staleIfError(StaleIfError stale) {
        within("stale-if-error.max-age", stale.maxAge(), SHORTEST, LONGEST);
        if (stale.maxSize().compareTo(SMALLEST) < 0 || stale.maxSize().compareTo(LARGEST) > 0) {
            violations.add(
                    new Violation("stale-if-error.max-size", SizeText.format(stale.maxSize()), "from 1KB to 1GB"));
        }
    }

    private void breaker(CircuitBreaker breaker) {
        within("circuit-breaker.sliding-window-size", breaker.slidingWindowSize(), 1, 10_000);
        within("circuit-breaker.minimum-number-of-calls", breaker.minimumNumberOfCalls(), 1, 10_000);
        percentage("circuit-breaker.failure-rate-threshold", breaker.failureRateThreshold());
        percentage("circuit-breaker.slow-call-rate-threshold", breaker.slowCallRateThreshold());
        within("circuit-breaker.slow-call-duration-threshold", breaker.slowCallDurationThreshold(), SHORTEST, LONGEST);
        within("circuit-breaker.wait-duration-in-open-state", breaker.waitDurationInOpenState(), SHORTEST, LONGEST);
        within(
                "circuit-breaker.permitted-number-of-calls-in-half-open-state",
                breaker.permittedNumberOfCallsInHalfOpenState(),
                1,
                10_000);
        // Resilience4j's own default is 0, for ever: a half-open breaker that nobody asks any more would stay so.
        within(
                "circuit-breaker.max-wait-duration-in-half-open-state",
                breaker.maxWaitDurationInHalfOpenState(),
                SHORTEST,
                LONGEST);
    }

    private void bulkhead(Bulkhead bulkhead) {
        within("bulkhead.max-concurrent-calls", bulkhead.maxConcurrentCalls(), 1, 10_000);
        within("bulkhead.max-wait-duration", bulkhead.maxWaitDuration(), Duration.ZERO, LONGEST);
    }

    private void percentage(String path, double value) {
        if (!(value > 0 && value <= 100)) {
            violations.add(new Violation(path, number(value), "above 0 and at most 100 (percent)"));
        }
    }

    private void within(String path, double value, double lowest, double highest) {
        if (!(value >= lowest && value <= highest)) {
            violations.add(new Violation(path, number(value), "from " + number(lowest) + " to " + number(highest)));
        }
    }

    private boolean within(String path, Duration value, Duration shortest, Duration longest) {
        if (value.compareTo(shortest) < 0 || value.compareTo(longest) > 0) {
            reject(path, value, "from " + text(shortest) + " to " + text(longest));
            return false;
        }
        return true;
    }

    private void reject(String path, Duration value, String limit) {
        violations.add(new Violation(path, text(value), limit));
    }

    private static String text(Duration duration) {
        return DurationText.format(duration);
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}

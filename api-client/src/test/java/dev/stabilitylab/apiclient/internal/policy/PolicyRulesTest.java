package dev.stabilitylab.apiclient.internal.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stabilitylab.apiclient.internal.policy.Policy.BreakerPosition;
import dev.stabilitylab.apiclient.internal.policy.Policy.WindowType;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class PolicyRulesTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void findsEverythingThatIsWrong() {
        Policy policy = new Policy(
                Duration.ZERO,
                Duration.ofSeconds(2),
                SECOND,
                new Policy.Retry(0, SECOND, 0.5, Duration.ofMillis(1), Jitter.FULL),
                new Policy.RetryBudget(101, 0),
                new Policy.CircuitBreaker(
                        BreakerPosition.INSIDE_RETRY,
                        WindowType.COUNT_BASED,
                        0,
                        0,
                        0,
                        Float.NaN,
                        Duration.ZERO,
                        Duration.ofMillis(-1),
                        0,
                        Duration.ZERO),
                new Policy.Bulkhead(0, Duration.ofMillis(-1)),
                new Policy.StaleIfError(Duration.ofHours(2), DataSize.ofBytes(1)));

        assertThat(PolicyRules.violations(policy))
                .extracting(violation -> violation.sentence(violation.path()))
                .containsExactly(
                        "connect-timeout is 0ms; it must be from 1ms to 1h",
                        "deadline is 1s; it must be at least the attempt timeout, which is 2s",
                        "retry.max-attempts is 0; it must be from 1 to 100",
                        "retry.exponential-backoff-multiplier is 0.5; it must be from 1 to 100",
                        "retry.exponential-max-wait-duration is 1ms; it must be at least the wait-duration, which is 1s",
                        "retry-budget.percentage is 101; it must be above 0 and at most 100 (percent)",
                        "retry-budget.burst is 0; it must be from 1 to 10000",
                        "circuit-breaker.sliding-window-size is 0; it must be from 1 to 10000",
                        "circuit-breaker.minimum-number-of-calls is 0; it must be from 1 to 10000",
                        "circuit-breaker.failure-rate-threshold is 0; it must be above 0 and at most 100 (percent)",
                        "circuit-breaker.slow-call-rate-threshold is NaN; it must be above 0 and at most 100 (percent)",
                        "circuit-breaker.slow-call-duration-threshold is 0ms; it must be from 1ms to 1h",
                        "circuit-breaker.wait-duration-in-open-state is -1ms; it must be from 1ms to 1h",
                        "circuit-breaker.permitted-number-of-calls-in-half-open-state is 0; it must be from 1 to 10000",
                        "circuit-breaker.max-wait-duration-in-half-open-state is 0ms; it must be from 1ms to 1h",
                        "bulkhead.max-concurrent-calls is 0; it must be from 1 to 10000",
                        "bulkhead.max-wait-duration is -1ms; it must be from 0ms to 1h",
                        "stale-if-error.max-age is 2h; it must be from 1ms to 1h",
                        "stale-if-error.max-size is 1B; it must be from 1KB to 1GB");
    }

    @Test
    void refusesABudgetForRetriesThatThereAreNot() {
        Policy policy = new Policy(SECOND, SECOND, SECOND, null, new Policy.RetryBudget(10, 10), null, null, null);

        assertThat(PolicyRules.violations(policy))
                .extracting(violation -> violation.sentence(violation.path()))
                .containsExactly("retry-budget is there without retry; it must be left out, or retry added");
    }
}

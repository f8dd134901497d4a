package dev.stabilitylab.benchmarks.call;

import dev.stabilitylab.apiclient.internal.policy.Jitter;
import dev.stabilitylab.apiclient.internal.policy.Policy;
import dev.stabilitylab.apiclient.internal.policy.Policy.BreakerPosition;
import dev.stabilitylab.apiclient.internal.policy.Policy.WindowType;
import java.time.Duration;
import org.springframework.util.unit.DataSize;

/** The settings of the homepage's upstreams, which every contestant gets as far as it has them. */
final class Settings {

    static final int MAX_ATTEMPTS = 2;
    static final Duration BACKOFF = Duration.ofMillis(50);
    static final int WINDOW = 20;
    static final int MINIMUM_CALLS = 10;
    static final int FAILURE_RATE = 50;
    static final Duration OPEN = Duration.ofSeconds(2);
    static final int CONCURRENT_CALLS = 50;
    static final Duration ATTEMPT_TIMEOUT = Duration.ofMillis(500);

    private static final Duration CONNECT_TIMEOUT = Duration.ofMillis(300);
    private static final Duration DEADLINE = Duration.ofSeconds(2);

    /** Timeouts and a deadline, which cannot be switched off, and nothing else. */
    static final Policy NOTHING = new Policy(CONNECT_TIMEOUT, ATTEMPT_TIMEOUT, DEADLINE, null, null, null, null, null);

    /** Every policy at once. */
    static final Policy EVERYTHING = new Policy(
            CONNECT_TIMEOUT,
            ATTEMPT_TIMEOUT,
            DEADLINE,
            new Policy.Retry(MAX_ATTEMPTS, BACKOFF, 2, Duration.ofMillis(500), Jitter.FULL),
            new Policy.RetryBudget(20, 10),
            new Policy.CircuitBreaker(
                    BreakerPosition.INSIDE_RETRY,
                    WindowType.COUNT_BASED,
                    WINDOW,
                    MINIMUM_CALLS,
                    FAILURE_RATE,
                    100,
                    ATTEMPT_TIMEOUT,
                    OPEN,
                    1,
                    Duration.ofSeconds(5)),
            new Policy.Bulkhead(CONCURRENT_CALLS, Duration.ZERO),
            new Policy.StaleIfError(Duration.ofMinutes(10), DataSize.ofMegabytes(10)));

    private Settings() {}
}

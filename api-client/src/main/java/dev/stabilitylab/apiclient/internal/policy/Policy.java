package dev.stabilitylab.apiclient.internal.policy;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.KebabCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * Everything that stands between a caller and one upstream. Immutable; switched as a whole. A part that is null is off.
 *
 * @param connectTimeout longest time for a connection to come about
 * @param attemptTimeout longest time for one attempt, from its start to the last byte of the answer's body
 * @param deadline longest time for the whole call: all attempts and the waits between them
 */
@JsonNaming(KebabCaseStrategy.class)
public record Policy(
        Duration connectTimeout,
        Duration attemptTimeout,
        Duration deadline,
        @Nullable Retry retry,
        @Nullable RetryBudget retryBudget,
        @Nullable CircuitBreaker circuitBreaker,
        @Nullable Bulkhead bulkhead,
        @Nullable StaleIfError staleIfError) {

    /** The longest time that any setting may have; a longer {@code Retry-After} is as good as for ever. */
    public static final Duration LONGEST = Duration.ofHours(1);

    /**
     * When and how often to try again. Idempotent calls only.
     *
     * @param maxAttempts attempts altogether, the first one included
     * @param waitDuration the wait before the first retry, before jitter
     * @param exponentialBackoffMultiplier by which each further wait grows
     * @param exponentialMaxWaitDuration the cap on a wait, applied before jitter
     */
    @JsonNaming(KebabCaseStrategy.class)
    public record Retry(
            int maxAttempts,
            Duration waitDuration,
            double exponentialBackoffMultiplier,
            Duration exponentialMaxWaitDuration,
            Jitter jitter) {

        /** The waits between the attempts. */
        public Backoff backoff() {
            return new Backoff(waitDuration, exponentialBackoffMultiplier, exponentialMaxWaitDuration, jitter);
        }
    }

    /**
     * How many retries there may be altogether, so that they stay a help against single failures and cannot multiply the load of
     * an upstream that fails for everybody.
     *
     * @param percentage retries for a hundred calls, above 0 and up to 100
     * @param burst retries that may be saved up, and are there from the start
     */
    @JsonNaming(KebabCaseStrategy.class)
    public record RetryBudget(double percentage, int burst) {}

    /**
     * When to stop calling an upstream that keeps failing, and when to ask again. The keys are Resilience4j's.
     *
     * @param position what counts as one call for the breaker
     * @param slidingWindowSize calls, or seconds for a time-based window
     * @param failureRateThreshold percent, above 0 and up to 100
     * @param slowCallRateThreshold percent, above 0 and up to 100
     * @param maxWaitDurationInHalfOpenState after which the next call that finds every probe taken opens the breaker again
     */
    @JsonNaming(KebabCaseStrategy.class)
    public record CircuitBreaker(
            BreakerPosition position,
            WindowType slidingWindowType,
            int slidingWindowSize,
            int minimumNumberOfCalls,
            float failureRateThreshold,
            float slowCallRateThreshold,
            Duration slowCallDurationThreshold,
            Duration waitDurationInOpenState,
            int permittedNumberOfCallsInHalfOpenState,
            Duration maxWaitDurationInHalfOpenState) {}

    /**
     * How many attempts may be in flight at once.
     *
     * @param maxWaitDuration how long one more waits for a permit; at most as long as a whole attempt still fits before the deadline
     */
    @JsonNaming(KebabCaseStrategy.class)
    public record Bulkhead(int maxConcurrentCalls, Duration maxWaitDuration) {}

    /**
     * How old an answer may be that stands in for a failure, for calls that ask for it (RFC 5861, 4).
     *
     * @param maxAge from the start of the call that brought the answer
     * @param maxSize memory that all kept answers together may take, about; beyond that the oldest go first
     */
    @JsonNaming(KebabCaseStrategy.class)
    public record StaleIfError(Duration maxAge, DataSize maxSize) {}

    /** Where the breaker stands relative to the retries. */
    public enum BreakerPosition {
        /** Every attempt counts, and a retry that finds the breaker open stops at once. */
        @JsonProperty("inside-retry")
        INSIDE_RETRY,
        /** One exhausted series of attempts counts once. */
        @JsonProperty("outside-retry")
        OUTSIDE_RETRY
    }

    /** What the breaker's window counts. */
    public enum WindowType {
        /** The last so many calls. */
        @JsonProperty("count-based")
        COUNT_BASED,
        /** The calls of the last so many seconds. */
        @JsonProperty("time-based")
        TIME_BASED
    }
}

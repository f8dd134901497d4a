package dev.stabilitylab.apiclient.autoconfigure;

import dev.stabilitylab.apiclient.internal.policy.Jitter;
import dev.stabilitylab.apiclient.internal.policy.Policy.BreakerPosition;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What Resilience4j has no keys for. The rest is set by its own keys under the upstream's name:
 * {@code resilience4j.circuitbreaker.instances.NAME.*}, {@code resilience4j.retry.instances.NAME.*},
 * {@code resilience4j.bulkhead.instances.NAME.*}, and {@code resilience4j.timelimiter.instances.NAME.timeout-duration} for
 * the attempt timeout.
 *
 * @param upstreams The upstreams that this service calls, by name.
 * @param trustedCallers IP addresses or CIDR ranges, IPv4 or IPv6, of the callers whose header Deadline-Remaining-Ms counts. From anybody
 *     else it is ignored. By default everybody's counts; it can only shorten a deadline.
 * @param policySwitching Whether policies may be switched while the service runs, with PUT below the actuator's upstreams endpoint.
 * @param faultHeader Response header by which a fault injector names the fault that it caused; spans of attempts show its value.
 */
@ConfigurationProperties(prefix = "api-client", ignoreUnknownFields = false)
record ApiClientProperties(
        @DefaultValue Map<String, Upstream> upstreams,
        @DefaultValue({"0.0.0.0/0", "::/0"}) List<String> trustedCallers,
        @DefaultValue("false") boolean policySwitching,
        @DefaultValue("X-Fault") String faultHeader) {

    /** The key that allows switching. */
    static final String POLICY_SWITCHING = "api-client.policy-switching";

    ApiClientProperties {
        upstreams = new LinkedHashMap<>(upstreams);
    }

    /**
     * One upstream.
     *
     * @param baseUrl Where the upstream is, for example http://127.0.0.1:8002. Required.
     * @param connectTimeout Longest time for a connection to come about.
     * @param deadline Longest time for a whole call: all attempts and the backoff between them.
     * @param policies Which of retry, retry-budget, circuit-breaker, bulkhead and stale-if-error are on.
     * @param breakerPosition Whether every attempt counts for the breaker (inside-retry) or a whole call (outside-retry).
     * @param jitter How the backoff between attempts is spread: none, full, equal or decorrelated.
     * @param retryBudget How many retries there may be altogether.
     * @param staleIfError How old an answer may be that stands in for a failure.
     * @param maxResponseSize Longest body that is accepted.
     * @param maxConnections Connections that may be open at once.
     * @param connectionTimeToLive Age at which a connection is closed, so that the name is looked up again.
     * @param connectionIdleTimeout How long a connection is kept that nobody uses; shorter than the upstream keeps it.
     */
    record Upstream(
            @Nullable String baseUrl,
            @DefaultValue("300ms") Duration connectTimeout,
            @DefaultValue("3s") Duration deadline,

            @DefaultValue({"retry", "circuit-breaker", "bulkhead"})
            Set<Part> policies,

            @DefaultValue("inside-retry") BreakerPosition breakerPosition,
            @DefaultValue("full") Jitter jitter,
            @DefaultValue RetryBudget retryBudget,
            @DefaultValue StaleIfError staleIfError,
            @DefaultValue("1MB") DataSize maxResponseSize,
            @DefaultValue("200") int maxConnections,
            @DefaultValue("60s") Duration connectionTimeToLive,
            @DefaultValue("10s") Duration connectionIdleTimeout) {}

    /**
     * A retry budget.
     *
     * @param percentage Retries for a hundred calls.
     * @param burst Retries that may be saved up, and are there from the start.
     */
    record RetryBudget(
            @DefaultValue("10") double percentage,
            @DefaultValue("10") int burst) {}

    /**
     * Stale-if-error.
     *
     * @param maxAge How old the answer may be, from the start of the call that brought it.
     * @param maxSize Memory that all kept answers together may take, about.
     */
    record StaleIfError(
            @DefaultValue("30s") Duration maxAge,
            @DefaultValue("10MB") DataSize maxSize) {}

    /** The policies that can be off. */
    enum Part {
        RETRY,
        RETRY_BUDGET,
        CIRCUIT_BREAKER,
        BULKHEAD,
        STALE_IF_ERROR
    }
}

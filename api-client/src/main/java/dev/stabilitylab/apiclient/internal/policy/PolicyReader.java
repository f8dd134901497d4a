package dev.stabilitylab.apiclient.internal.policy;

import dev.stabilitylab.apiclient.internal.policy.Policy.BreakerPosition;
import dev.stabilitylab.apiclient.internal.policy.Policy.Bulkhead;
import dev.stabilitylab.apiclient.internal.policy.Policy.CircuitBreaker;
import dev.stabilitylab.apiclient.internal.policy.Policy.Retry;
import dev.stabilitylab.apiclient.internal.policy.Policy.RetryBudget;
import dev.stabilitylab.apiclient.internal.policy.Policy.StaleIfError;
import dev.stabilitylab.apiclient.internal.policy.Policy.WindowType;
import dev.stabilitylab.apiclient.internal.support.JsonBody;
import dev.stabilitylab.apiclient.internal.support.JsonFields;
import java.io.IOException;
import java.io.InputStream;

/** Reads a policy in the shape that {@link PolicyJson} writes. Does not check its {@linkplain PolicyRules rules}. */
public final class PolicyReader {

    private static final String SIZE = "a size with its unit, such as 512KB or 10MB";

    private PolicyReader() {}

    /**
     * A part that is missing or null is off; every key inside a part is required.
     *
     * @throws JsonBody.TooLongException as {@link JsonBody#read} does
     * @throws IllegalArgumentException with a sentence for people that names what is wrong
     */
    public static Policy read(InputStream body) throws IOException {
        JsonFields policy = JsonBody.read(
                body,
                "connect-timeout",
                "attempt-timeout",
                "deadline",
                "retry",
                "retry-budget",
                "circuit-breaker",
                "bulkhead",
                "stale-if-error");
        return new Policy(
                policy.duration("connect-timeout"),
                policy.duration("attempt-timeout"),
                policy.duration("deadline"),
                policy.part(
                                "retry",
                                "max-attempts",
                                "wait-duration",
                                "exponential-backoff-multiplier",
                                "exponential-max-wait-duration",
                                "jitter")
                        .map(PolicyReader::retry)
                        .orElse(null),
                policy.part("retry-budget", "percentage", "burst")
                        .map(budget -> new RetryBudget(budget.number("percentage"), budget.integer("burst")))
                        .orElse(null),
                policy.part(
                                "circuit-breaker",
                                "position",
                                "sliding-window-type",
                                "sliding-window-size",
                                "minimum-number-of-calls",
                                "failure-rate-threshold",
                                "slow-call-rate-threshold",
                                "slow-call-duration-threshold",
                                "wait-duration-in-open-state",
                                "permitted-number-of-calls-in-half-open-state",
                                "max-wait-duration-in-half-open-state")
                        .map(PolicyReader::breaker)
                        .orElse(null),
                policy.part("bulkhead", "max-concurrent-calls", "max-wait-duration")
                        .map(bulkhead -> new Bulkhead(
                                bulkhead.integer("max-concurrent-calls"), bulkhead.duration("max-wait-duration")))
                        .orElse(null),
                policy.part("stale-if-error", "max-age", "max-size")
                        .map(stale -> new StaleIfError(
                                stale.duration("max-age"), stale.text("max-size", SizeText::parse, SIZE)))
                        .orElse(null));
    }

    private static Retry retry(JsonFields retry) {
        return new Retry(
                retry.integer("max-attempts"),
                retry.duration("wait-duration"),
                retry.number("exponential-backoff-multiplier"),
                retry.duration("exponential-max-wait-duration"),
                retry.choice("jitter", Jitter.class));
    }

    private static CircuitBreaker breaker(JsonFields breaker) {
        return new CircuitBreaker(
                breaker.choice("position", BreakerPosition.class),
                breaker.choice("sliding-window-type", WindowType.class),
                breaker.integer("sliding-window-size"),
                breaker.integer("minimum-number-of-calls"),
                (float) breaker.number("failure-rate-threshold"),
                (float) breaker.number("slow-call-rate-threshold"),
                breaker.duration("slow-call-duration-threshold"),
                breaker.duration("wait-duration-in-open-state"),
                breaker.integer("permitted-number-of-calls-in-half-open-state"),
                breaker.duration("max-wait-duration-in-half-open-state"));
    }
}

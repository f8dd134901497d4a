package dev.stabilitylab.apiclient.internal.core;

import dev.stabilitylab.apiclient.internal.policy.Policy;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds the retries of all calls to an upstream together. A bucket of tokens: each call puts a part of one in, each retry takes one
 * out. Over any stretch of calls there are at most {@code burst + percentage / 100 * calls} retries, whatever fails. Thread-safe.
 *
 * <p>Sources: Site Reliability Engineering, O'Reilly 2016, chapter 21; gRFC A6, "gRPC Retry Design", retry throttling.
 */
final class RetryBudget {

    /** In whole parts of a token, since ten times 0.1 is less than 1 for a computer. */
    private static final long TOKEN = 1_000_000;

    private final long full;
    private final long perCall;
    private final AtomicLong left;

    /** A bucket that is full. */
    RetryBudget(Policy.RetryBudget policy) {
        this.full = policy.burst() * TOKEN;
        this.perCall = Math.round(policy.percentage() / 100 * TOKEN);
        this.left = new AtomicLong(full);
    }

    // docs:begin budget
    /** A call begins. */
    void called() {
        // While nothing is retried the bucket is full, and calls do not get into each other's way.
        if (left.get() < full) {
            left.updateAndGet(tokens -> Math.min(full, tokens + perCall));
        }
    }

    /** Takes what a retry costs, if it is there. */
    boolean tryRetry() {
        return left.getAndUpdate(tokens -> tokens < TOKEN ? tokens : tokens - TOKEN) >= TOKEN;
    }
    // docs:end budget
}

package dev.stabilitylab.apiclient;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Why a call or one of its attempts did not end with an answer. {@link #kind()} is the word used in metrics,
 * {@link #message()} the sentence for people: it names the upstream, and the limit that was reached.
 *
 * <p>Which failures count against the circuit breaker, and which are retried (idempotent calls only):
 *
 * <table>
 * <caption>Failures</caption>
 * <tr><th>failure</th><th>breaker</th><th>retried</th></tr>
 * <tr><td>{@link ConnectionFailed}</td><td>counts</td><td>yes</td></tr>
 * <tr><td>{@link TimedOut}</td><td>counts</td><td>yes</td></tr>
 * <tr><td>{@link ServerError}</td><td>counts</td><td>yes, but not 501</td></tr>
 * <tr><td>{@link BadResponse}</td><td>counts</td><td>no: the same answer would come again</td></tr>
 * <tr><td>{@link Rejected}</td><td>a success: the upstream works</td><td>no</td></tr>
 * <tr><td>{@link Throttled}</td><td>ignored</td><td>yes, after its Retry-After</td></tr>
 * <tr><td>{@link BreakerOpen}</td><td>-</td><td>no</td></tr>
 * <tr><td>{@link BulkheadFull}</td><td>ignored</td><td>no</td></tr>
 * <tr><td>{@link DeadlineExceeded}</td><td>ignored: less time than an attempt deserves</td><td>no</td></tr>
 * <tr><td>{@link Cancelled}</td><td>ignored</td><td>no</td></tr>
 * </table>
 */
public sealed interface Failure {

    /** The name of the upstream that was called. */
    String upstream();

    /** The kind as a metric tag: lower case, words joined by underscores. */
    FailureKind kind();

    /** One sentence that names the upstream, what happened, and the limit if there is one. */
    String message();

    /** The cause, where there is one that helps to find it. */
    default @Nullable Throwable cause() {
        return null;
    }

    /** How long the caller should stay away, as far as the failure tells; otherwise zero. */
    default Duration retryAfter() {
        return Duration.ZERO;
    }

    /** No connection, or it broke before the whole answer was there. */
    record ConnectionFailed(String upstream, Throwable cause) implements Failure {
        @Override
        public FailureKind kind() {
            return FailureKind.CONNECTION_FAILED;
        }

        @Override
        public String message() {
            return "no connection to %s: %s".formatted(upstream, Failures.describe(cause));
        }
    }

    /**
     * The attempt, body included, took longer than its timeout.
     *
     * @param limit the attempt timeout
     */
    record TimedOut(String upstream, Duration limit) implements Failure {
        @Override
        public FailureKind kind() {
            return FailureKind.TIMED_OUT;
        }

        @Override
        public String message() {
            return "%s did not answer within the attempt timeout of %d ms".formatted(upstream, limit.toMillis());
        }
    }

    /** The upstream answered with a status of 500 or above; not a 504 to an attempt that the deadline had cut short. */
    record ServerError(String upstream, int status, Duration retryAfter) implements Failure {
        @Override
        public FailureKind kind() {
            return FailureKind.SERVER_ERROR;
        }

        @Override
        public String message() {
            return "%s answered with status %d".formatted(upstream, status);
        }
    }

    /** The upstream answered, but not with what was asked for: not JSON, another shape, or too long. */
    record BadResponse(String upstream, String reason) implements Failure {
        @Override
        public FailureKind kind() {
            return FailureKind.BAD_RESPONSE;
        }

        @Override
        public String message() {
            return "%s sent an answer that cannot be used: %s".formatted(upstream, reason);
        }
    }

    /** The upstream understood and said no: a redirect or a status of 400 to 499 other than 429. The caller's own mistake. */
    record Rejected(String upstream, int status) implements Failure {
        @Override
        public FailureKind kind() {
            return FailureKind.REJECTED;
        }

        @Override
        public String message() {
            return "%s rejected the request with status %d".formatted(upstream, status);
        }
    }

    /** The upstream asked for fewer requests: status 429. */
    record Throttled(String upstream, Duration retryAfter) implements Failure {
        @Override
        public FailureKind kind() {
            return FailureKind.THROTTLED;
        }

        @Override
        public String message() {
            return "%s asks for fewer requests (status 429)".formatted(upstream);
        }
    }

    /** The circuit breaker is open, or half-open with all probes taken: nothing was sent. */
    record BreakerOpen(String upstream, Duration retryAfter) implements Failure {
        @Override
        public FailureKind kind() {
            return FailureKind.BREAKER_OPEN;
        }

        @Override
        public String message() {
            return "%s was not called: its circuit breaker is open".formatted(upstream);
        }
    }

    /**
     * Too many calls to the upstream are under way: nothing was sent.
     *
     * @param limit concurrent attempts that are let through
     */
    record BulkheadFull(String upstream, int limit) implements Failure {
        @Override
        public FailureKind kind() {
            return FailureKind.BULKHEAD_FULL;
        }

        @Override
        public String message() {
            return "%s was not called: %d calls are under way, which is the limit".formatted(upstream, limit);
        }
    }

    /**
     * The time for the whole call was over.
     *
     * @param limit time the call had
     */
    record DeadlineExceeded(String upstream, Duration limit) implements Failure {
        @Override
        public FailureKind kind() {
            return FailureKind.DEADLINE_EXCEEDED;
        }

        @Override
        public String message() {
            return "the call to %s did not end within its deadline of %d ms".formatted(upstream, limit.toMillis());
        }
    }

    /** The calling thread was interrupted; its interrupt flag is set again. */
    record Cancelled(String upstream) implements Failure {
        @Override
        public FailureKind kind() {
            return FailureKind.CANCELLED;
        }

        @Override
        public String message() {
            return "the call to %s was cancelled".formatted(upstream);
        }
    }
}

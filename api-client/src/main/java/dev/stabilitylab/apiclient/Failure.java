package dev.stabilitylab.apiclient;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Why a call or one of its attempts did not end with an answer. {@link #kind()} is the word used in metrics, {@link #message()} the
 * sentence for people: it names the upstream, and the limit that was reached. {@code docs/policies.md} has the table of what each failure
 * means to the circuit breaker, to retries and to stale-if-error.
 */
public sealed interface Failure {

    /** The name of the upstream that was called. */
    String upstream();

    /** The kind of failure; its tag is the word in metrics. */
    FailureKind kind();

    /** One sentence that names the upstream, what happened, and the limit if there is one. */
    String message();

    /** The exception behind it, where there is one that helps to find the reason. */
    default @Nullable Throwable cause() {
        return null;
    }

    /** What the upstream sent, if it sent a whole response. */
    default @Nullable Response response() {
        return null;
    }

    /** How long the caller should stay away, as far as the failure tells; otherwise zero. */
    default Duration retryAfter() {
        return Duration.ZERO;
    }

    /** No connection came about, so nothing was sent: refused, not resolved, or not connected within the connect timeout. */
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

    /** The connection was lost before the whole response was there. The upstream may have acted on the request. */
    record ConnectionLost(String upstream, Throwable cause) implements Failure {
        @Override
        public FailureKind kind() {
            return FailureKind.CONNECTION_LOST;
        }

        @Override
        public String message() {
            return "the connection to %s was lost: %s".formatted(upstream, Failures.describe(cause));
        }
    }

    /**
     * The attempt, body included, took all the time that the policy gives it.
     *
     * @param limit the attempt timeout, or the policy's deadline where that ended the attempt
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

    /** The upstream answered with a status of 500 or above. */
    record ServerError(String upstream, Response response, Duration retryAfter) implements Failure {
        @Override
        public FailureKind kind() {
            return FailureKind.SERVER_ERROR;
        }

        @Override
        public String message() {
            return "%s answered with status %d".formatted(upstream, response.status());
        }
    }

    /**
     * The upstream answered, but not with what was asked for: not HTTP, not JSON, another shape, or too long.
     *
     * @param response null when not even the response's head could be used
     */
    record BadResponse(
            String upstream, String reason, @Nullable Response response) implements Failure {
        @Override
        public FailureKind kind() {
            return FailureKind.BAD_RESPONSE;
        }

        @Override
        public String message() {
            return "%s sent a response that cannot be used: %s".formatted(upstream, reason);
        }
    }

    /** The upstream understood and said no: a redirect, or a status of 400 to 499 other than 429. The caller's own mistake. */
    record Rejected(String upstream, Response response) implements Failure {
        @Override
        public FailureKind kind() {
            return FailureKind.REJECTED;
        }

        @Override
        public String message() {
            return "%s rejected the request with status %d".formatted(upstream, response.status());
        }
    }

    /** The upstream asked for fewer requests: status 429. */
    record Throttled(String upstream, Response response, Duration retryAfter) implements Failure {
        @Override
        public FailureKind kind() {
            return FailureKind.THROTTLED;
        }

        @Override
        public String message() {
            return "%s asks for fewer requests (status 429)".formatted(upstream);
        }
    }

    /** The circuit breaker is open, or half-open with every probe taken: nothing was sent. */
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
     * The bulkhead or the connection pool had no permit left: nothing was sent.
     *
     * @param limit attempts that may be in flight at once
     */
    record BulkheadFull(String upstream, int limit) implements Failure {
        @Override
        public FailureKind kind() {
            return FailureKind.BULKHEAD_FULL;
        }

        @Override
        public String message() {
            return "%s was not called: %d calls are in flight, which is the limit".formatted(upstream, limit);
        }
    }

    /**
     * The deadline of this service's own caller ended the call early, or left too little time to begin.
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

    /** The calling thread was interrupted; its interrupt flag is still set. */
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

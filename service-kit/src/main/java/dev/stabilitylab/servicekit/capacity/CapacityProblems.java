package dev.stabilitylab.servicekit.capacity;

import dev.stabilitylab.servicekit.problems.ProblemException;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/** What a caller is told whose request is not worked on. */
final class CapacityProblems {

    private CapacityProblems() {}

    static ProblemException queueFull(CapacityProperties limits) {
        return new ProblemException(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "The service is at its capacity",
                        "Requests that are worked on: %d; waiting: %d. Both are at their limit."
                                .formatted(limits.concurrentRequests(), limits.queueLength()))
                .with(HttpHeaders.RETRY_AFTER, Long.toString(secondsToDrain(limits)));
    }

    static ProblemException deadlineTooShort(Duration remaining, Duration serviceTime) {
        return new ProblemException(
                HttpStatus.GATEWAY_TIMEOUT,
                "The deadline is too short",
                "%d ms were left for work that takes %d ms, so it was not started."
                        .formatted(remaining.toMillis(), serviceTime.toMillis()));
    }

    static ProblemException injectedFault() {
        return new ProblemException(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "The service has an injected fault",
                "The service was told to fail a share of its requests for a while; this is one of them.");
    }

    static ProblemException interrupted() {
        return new ProblemException(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "The service is stopping",
                        "The service is stopping and did not finish this request.")
                .with(HttpHeaders.RETRY_AFTER, "1");
    }

    /** How long a full queue takes to empty, in whole seconds as Retry-After wants it; at least one. */
    private static long secondsToDrain(CapacityProperties limits) {
        long rounds = limits.queueLength() / limits.concurrentRequests() + 1L;
        return Math.max(
                1, limits.serviceTime().multipliedBy(rounds).plusMillis(999).toSeconds());
    }
}

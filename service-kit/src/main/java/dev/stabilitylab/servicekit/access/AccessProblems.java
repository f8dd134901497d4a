package dev.stabilitylab.servicekit.access;

import dev.stabilitylab.servicekit.problems.ProblemException;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/** What a caller is told who is not let in. Says nothing about the token. */
public final class AccessProblems {

    private static final String CHALLENGE = "Token realm=\"stability-lab\"";

    private AccessProblems() {}

    /** Nobody we know: status 401 with the challenge. */
    public static ProblemException unauthorized(String detail) {
        return new ProblemException(HttpStatus.UNAUTHORIZED, "A valid token is needed", detail)
                .with(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE);
    }

    /** Nobody we know: status 401 with the challenge, for a token that auth's directory does not have. */
    public static ProblemException unknownToken() {
        return unauthorized("The token is not known.");
    }

    static ProblemException lacksPermission(String permission) {
        return new ProblemException(
                HttpStatus.FORBIDDEN,
                "The permission is missing",
                "This user lacks the permission " + permission + ".");
    }

    // docs:begin auth-unavailable
    /** Fails closed. Retry-After is in whole seconds, at least one. */
    static ProblemException authUnavailable(Duration retryAfter) {
        long seconds = Math.max(1, retryAfter.plusMillis(999).toSeconds());
        return new ProblemException(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "The token cannot be checked",
                        "The service that knows the tokens cannot be asked now, so nobody is let in.")
                .with(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
    }
    // docs:end auth-unavailable

    /** Says nothing about auth. With 503, a caller's gateway would take this service for a failing one and open its breaker. */
    static ProblemException deadlineTooShort(Duration limit) {
        return new ProblemException(
                HttpStatus.GATEWAY_TIMEOUT,
                "The deadline is too short",
                "%d ms were left to check the token, and that was not enough.".formatted(limit.toMillis()));
    }

    /** Auth may be back at any moment, so Retry-After is as short as it can be: one second. */
    static ProblemException permissionsAreStale(Duration age) {
        return new ProblemException(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "The permissions cannot be confirmed",
                        "This needs permissions that are confirmed now, and those known are %d s old: the service that knows them cannot be asked."
                                .formatted(age.toSeconds()))
                .with(HttpHeaders.RETRY_AFTER, "1");
    }
}

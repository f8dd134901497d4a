package dev.stabilitylab.servicekit.access;

import dev.stabilitylab.apiclient.ApiClient;
import dev.stabilitylab.apiclient.Failure;
import dev.stabilitylab.apiclient.Outcome;
import dev.stabilitylab.servicekit.problems.ProblemException;
import java.time.Duration;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/**
 * Asks auth who the caller is, for every request: a permission that was withdrawn does not count from the next request on. While auth fails,
 * its last answer counts for as long as stale-if-error in the policy for auth allows; without it, nobody is let in.
 */
public final class Authenticator {

    private static final Logger LOG = LoggerFactory.getLogger(Authenticator.class);

    private final ApiClient auth;
    private final StaleLog staleLog = new StaleLog();

    Authenticator(ApiClient auth) {
        this.auth = auth;
    }

    /**
     * The user whose token the request has.
     *
     * @throws dev.stabilitylab.servicekit.problems.ProblemException with status 401 when the request has no valid token,
     *     503 when auth cannot be asked, and 504 when the caller's deadline left too little time to ask it
     */
    public Caller authenticate(HttpHeaders headers) {
        Token token = Token.from(headers);
        Outcome<AuthAnswer> outcome = auth.post("/authenticate")
                .header(HttpHeaders.AUTHORIZATION, token.toHeader())
                .idempotent()
                .expect(AuthAnswer.class)
                .staleIfError(token.fingerprint())
                .call();
        if (outcome instanceof Outcome.Stale<AuthAnswer> stale) {
            staleLog.served(stale.value().uuid(), stale.age(), stale.failure(), System.nanoTime());
        }
        return caller(token, outcome);
    }

    static Caller caller(Token token, Outcome<AuthAnswer> outcome) {
        Duration staleFor = outcome instanceof Outcome.Stale<AuthAnswer> stale ? stale.age() : null;
        return outcome.fold(
                answer -> new Caller(answer.uuid(), Set.copyOf(answer.permissions()), token, staleFor), failure -> {
                    throw problem(failure);
                });
    }

    private static ProblemException problem(Failure failure) {
        if (failure instanceof Failure.Rejected rejected
                && rejected.response().status() == HttpStatus.UNAUTHORIZED.value()) {
            return AccessProblems.unknownToken();
        }
        if (failure instanceof Failure.DeadlineExceeded exceeded) {
            return AccessProblems.deadlineTooShort(exceeded.limit());
        }
        LOG.debug("Auth cannot be asked: {}", failure.message());
        return AccessProblems.authUnavailable(failure.retryAfter());
    }
}

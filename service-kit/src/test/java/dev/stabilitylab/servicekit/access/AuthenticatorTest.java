package dev.stabilitylab.servicekit.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stabilitylab.apiclient.Failure;
import dev.stabilitylab.apiclient.Outcome;
import dev.stabilitylab.apiclient.Response;
import dev.stabilitylab.servicekit.degradation.Degradation;
import dev.stabilitylab.servicekit.problems.ProblemException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.http.HttpHeaders;

class AuthenticatorTest {

    private static final UUID UUID_OF_ADA = UUID.fromString("0b6a1f5e-54c1-4a0f-9d0c-6f1f2f3c0132");

    private static final AuthAnswer ANSWER = new AuthAnswer(UUID_OF_ADA, List.of("can_view_homepage"));

    private final Token token = token();

    private static Token token() {
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.AUTHORIZATION, "Token sEcReT");
        return Token.from(headers);
    }

    @Test
    void takesOverWhatAuthSays() {
        Caller caller = Authenticator.caller(token, Outcome.Success.of(ANSWER));

        assertThat(caller.uuid()).isEqualTo(UUID_OF_ADA);
        assertThat(caller.has("can_view_homepage")).isTrue();
        assertThat(caller.has("can_view_recommendations")).isFalse();
        assertThat(caller.toString()).doesNotContain("sEcReT");
    }

    @Test
    void forbidsWhatThePermissionsDoNotCover() {
        Caller caller = Authenticator.caller(token, Outcome.Success.of(new AuthAnswer(UUID_OF_ADA, List.of())));

        ProblemException problem =
                catchThrowableOfType(ProblemException.class, () -> caller.require("can_view_homepage"));

        assertThat(problem.getStatusCode().value()).isEqualTo(403);
    }

    @Test
    void challengesWhenAuthDoesNotKnowTheToken() {
        ProblemException problem = problemOf(new Failure.Rejected("auth", Response.of(401)));

        assertThat(problem.getStatusCode().value()).isEqualTo(401);
        assertThat(problem.getHeaders().getFirst("WWW-Authenticate")).isNotNull();
    }

    static Stream<Failure> everyOtherFailure() {
        return Stream.of(
                new Failure.Rejected("auth", Response.of(403)),
                new Failure.ConnectionFailed("auth", new IOException("refused")),
                new Failure.ConnectionLost("auth", new IOException("reset")),
                new Failure.TimedOut("auth", Duration.ofSeconds(1)),
                new Failure.ServerError("auth", Response.of(500), Duration.ZERO),
                new Failure.BadResponse("auth", "null", null),
                new Failure.Throttled("auth", Response.of(429), Duration.ZERO),
                new Failure.BreakerOpen("auth", Duration.ofMillis(20)),
                new Failure.BulkheadFull("auth", 50),
                new Failure.Cancelled("auth"));
    }

    @ParameterizedTest
    @MethodSource("everyOtherFailure")
    void failsClosedOnEveryOtherFailure(Failure failure) {
        ProblemException problem = problemOf(failure);

        assertThat(problem.getStatusCode().value()).isEqualTo(503);
        assertThat(problem.getHeaders().getFirst("Retry-After")).isEqualTo("1");
    }

    @Test
    void blamesTheDeadlineAndNotAuthWhenTheCallerLeftTooLittleTime() {
        ProblemException problem = problemOf(new Failure.DeadlineExceeded("auth", Duration.ofMillis(12)));

        assertThat(problem.getStatusCode().value()).isEqualTo(504);
        assertThat(problem.getBody().getDetail()).contains("12 ms");
    }

    @Test
    void letsInWhomAuthKnewAMomentAgoAndKnowsHowLongAgo() {
        Caller caller = staleCaller(Duration.ofSeconds(3));

        assertThat(caller.has("can_view_homepage")).isTrue();
        assertThat(caller.isStale()).isTrue();
        assertThat(caller.degradation()).isEqualTo(Degradation.stalePermissions(Duration.ofSeconds(3)));
    }

    @Test
    void refusesASensitiveActionOnStalePermissions() {
        Caller caller = staleCaller(Duration.ofMillis(12_900));

        ProblemException problem = catchThrowableOfType(ProblemException.class, caller::requireFresh);

        assertThat(problem.getStatusCode().value()).isEqualTo(503);
        assertThat(problem.getHeaders().getFirst("Retry-After")).isEqualTo("1");
        assertThat(problem.getBody().getDetail()).contains("12 s");
    }

    @Test
    void allowsASensitiveActionOnFreshPermissions() {
        Caller caller = Authenticator.caller(token, Outcome.Success.of(ANSWER));

        assertThatCode(caller::requireFresh).doesNotThrowAnyException();
        assertThat(caller.isStale()).isFalse();
        assertThat(caller.degradation()).isEqualTo(Degradation.NONE);
    }

    private Caller staleCaller(Duration age) {
        return Authenticator.caller(
                token, new Outcome.Stale<>(ANSWER, age, new Failure.BreakerOpen("auth", Duration.ZERO)));
    }

    @Test
    void passesOnHowLongAuthWantsToBeLeftAlone() {
        ProblemException problem = problemOf(new Failure.BreakerOpen("auth", Duration.ofMillis(2_100)));

        assertThat(problem.getHeaders().getFirst("Retry-After")).isEqualTo("3");
    }

    private ProblemException problemOf(Failure failure) {
        return catchThrowableOfType(
                ProblemException.class, () -> Authenticator.caller(token, new Outcome.Failed<>(failure)));
    }
}

package dev.stabilitylab.apiclient.internal.core;

import static dev.stabilitylab.apiclient.internal.core.Script.ATTEMPT_TIMEOUT;
import static dev.stabilitylab.apiclient.internal.core.Script.ok;
import static dev.stabilitylab.apiclient.internal.core.Script.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stabilitylab.apiclient.Failure;
import dev.stabilitylab.apiclient.FailureKind;
import dev.stabilitylab.apiclient.Outcome;
import dev.stabilitylab.apiclient.Outcome.Degraded;
import dev.stabilitylab.apiclient.Outcome.Failed;
import dev.stabilitylab.apiclient.Outcome.Success;
import dev.stabilitylab.apiclient.internal.core.Script.Running;
import dev.stabilitylab.apiclient.internal.core.Script.Wish;
import dev.stabilitylab.apiclient.internal.policy.Policy;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttemptStageTest {

    private final Script script = new Script(Script.bare());

    @Test
    void givesAnAttemptTheAttemptTimeout() {
        assertThat(script.call().limit()).isEqualTo(ATTEMPT_TIMEOUT);
    }

    @Test
    void givesAnAttemptWhatTheCallerLeavesItWhereThatIsLess() {
        Running call = script.call(new Wish().callerDeadline(Duration.ofMillis(30)));

        assertThat(call.limit()).isEqualTo(Duration.ofMillis(30));
    }

    @Test
    void ignoresACallersDeadlineThatIsLater() {
        Running call = script.call(new Wish().callerDeadline(Duration.ofDays(10_000)));

        assertThat(call.limit()).isEqualTo(ATTEMPT_TIMEOUT);
    }

    @ParameterizedTest
    @CsvSource({"999999", "1", "0", "-1", "-1000000000"})
    void sendsNothingWithLessThanAMillisecondLeft(long nanos) {
        Running call = script.call(new Wish().callerDeadline(Duration.ofNanos(nanos)));

        assertThat(call.failure()).isEqualTo(FailureKind.DEADLINE_EXCEEDED);
        assertThat(script.attempted).isEmpty();
    }

    @Test
    void blamesTheUpstreamForTheTimeThatThePolicyGives() {
        assertThat(script.call().expires().outcome())
                .isEqualTo(new Failed<>(new Failure.TimedOut("it", ATTEMPT_TIMEOUT)));
    }

    @Test
    void blamesTheUpstreamAlsoWhenTheDeadlineIsNoLongerThanTheAttemptTimeout() {
        Script tight =
                new Script(new Policy(ATTEMPT_TIMEOUT, ATTEMPT_TIMEOUT, ATTEMPT_TIMEOUT, null, null, null, null, null));

        assertThat(tight.call().expires().failure()).isEqualTo(FailureKind.TIMED_OUT);
    }

    @Test
    void blamesTheCallerForADeadlineThatIsShorterByANanosecond() {
        Running call = script.call(new Wish().callerDeadline(ATTEMPT_TIMEOUT.minusNanos(1)));

        assertThat(call.expires().outcome())
                .isEqualTo(new Failed<>(new Failure.DeadlineExceeded("it", ATTEMPT_TIMEOUT.minusNanos(1))));
    }

    @Test
    void readsTheResponseAndKeepsIt() {
        assertThat(script.call(ok("answer"))).isInstanceOfSatisfying(Success.class, success -> {
            assertThat(success.value()).isEqualTo("answer");
            assertThat(success.response().status()).isEqualTo(200);
        });
    }

    @Test
    void keepsTheResponseOfAFailure() {
        Outcome<String> outcome = script.call(status(503));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Failed.class,
                        failed -> assertThat(failed.failure().response()).isNotNull());
    }

    @ParameterizedTest
    @CsvSource({
        "'5', 5",
        "' 5 ', 5",
        "'0', 0",
        "'999999999', 999999999",
        "'1000000000', 0",
        "'-1', 0",
        "'1.5', 0",
        "'soon', 0",
        "'', 0",
        "'Mon, 30 Nov 2026 12:00:07 GMT', 7",
        "'Mon, 30 Nov 2026 11:59:00 GMT', 0",
        "'Mon, 30 Nov 2026 12:00:07', 0",
        "'Fri, 31 Dec 9999 23:59:59 GMT', 251606260799"
    })
    void readsRetryAfterInSecondsAndAsADate(String value, long seconds) {
        Outcome<String> outcome = script.call(status(503, value));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Failed.class,
                        failed -> assertThat(failed.failure().retryAfter()).isEqualTo(Duration.ofSeconds(seconds)));
    }

    @Test
    void endsWithTheFallbackWhateverTheFailure() {
        Running call = script.call(
                new Wish().fallback(failure -> "instead of " + failure.kind().tag()));

        assertThat(call.replies(Script.lost()).outcome())
                .isInstanceOfSatisfying(
                        Degraded.class,
                        degraded -> assertThat(degraded.value()).isEqualTo("instead of connection_lost"));
    }

    @Test
    void countsTheAttempt() {
        script.call(ok("answer"));
        script.call(status(503));

        assertThat(script.attempted).containsExactly("success", "server_error");
    }

    @Test
    void doesNotCountAnAttemptThatFoundNoConnection() {
        assertThat(Script.kindOf(script.call(new Reply.NoConnectionFree(2)))).isEqualTo(FailureKind.BULKHEAD_FULL);
        assertThat(script.attempted).isEmpty();
    }
}

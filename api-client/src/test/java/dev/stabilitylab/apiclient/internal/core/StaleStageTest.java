package dev.stabilitylab.apiclient.internal.core;

import static dev.stabilitylab.apiclient.internal.core.Script.lost;
import static dev.stabilitylab.apiclient.internal.core.Script.ok;
import static dev.stabilitylab.apiclient.internal.core.Script.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stabilitylab.apiclient.FailureKind;
import dev.stabilitylab.apiclient.Headers;
import dev.stabilitylab.apiclient.Outcome.Stale;
import dev.stabilitylab.apiclient.Response;
import dev.stabilitylab.apiclient.internal.core.Script.Running;
import dev.stabilitylab.apiclient.internal.core.Script.Wish;
import dev.stabilitylab.apiclient.internal.policy.Policy;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class StaleStageTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Script script = new Script(policy(DataSize.ofKilobytes(1)));

    @Test
    void servesAStaleAnswerWithItsAgeAndTheFailure() {
        ask("ada").replies(ok("yes"));
        script.pass(Duration.ofSeconds(59));

        assertThat(ask("ada").replies(lost()).outcome()).isInstanceOfSatisfying(Stale.class, stale -> {
            assertThat(stale.value()).isEqualTo("yes");
            assertThat(stale.age()).isEqualTo(Duration.ofSeconds(59));
            assertThat(stale.failure().kind()).isEqualTo(FailureKind.CONNECTION_LOST);
        });
    }

    @Test
    void doesNotServeAnAnswerThatIsTooOld() {
        ask("ada").replies(ok("yes"));
        script.pass(MINUTE);

        assertFails(ask("ada").replies(lost()));
    }

    @Test
    void isNotProlongedByBeingServed() {
        ask("ada").replies(ok("yes"));
        script.pass(Duration.ofSeconds(40));
        assertServes(ask("ada").replies(lost()));
        script.pass(Duration.ofSeconds(40));

        assertFails(ask("ada").replies(lost()));
    }

    @Test
    void countsFromTheStartOfTheCallThatBroughtTheAnswer() {
        Running slow = ask("ada");
        script.pass(Duration.ofMillis(90));
        slow.replies(ok("yes"));
        script.pass(MINUTE.minusMillis(90));

        assertFails(ask("ada").replies(lost()));
    }

    @Test
    void belongsToItsKeyAlone() {
        ask("ada").replies(ok("yes"));

        assertFails(ask("bob").replies(lost()));
        assertFails(script.call().replies(lost()));
    }

    @Test
    void doesNotServeStaleWhenUpstreamRejects() {
        ask("ada").replies(ok("yes"));

        assertFails(ask("ada").replies(status(401)));
        assertFails(ask("ada").replies(lost()));
    }

    @Test
    void servesAgainAfterTheNextSuccess() {
        ask("ada").replies(ok("yes"));
        ask("ada").replies(status(401));
        ask("ada").replies(ok("yes"));

        assertServes(ask("ada").replies(lost()));
    }

    @Test
    void doesNotServeStaleWhenCallerCancels() {
        ask("ada").replies(ok("yes"));

        assertFails(ask("ada").replies(new Reply.Cancelled()));
    }

    @Test
    void cannotBeForcedByAShortDeadline() {
        ask("ada").replies(ok("yes"));
        for (int millis = 0; millis <= 8; millis++) {
            Running hurried = script.call(new Wish().staleIfError("ada").callerDeadline(Duration.ofMillis(millis)));
            if (hurried.action() instanceof Action.Send) {
                hurried.expires();
            }

            assertThat(hurried.failure()).isEqualTo(FailureKind.DEADLINE_EXCEEDED);
        }
    }

    @Test
    void isNotBroughtBackByALateSuccessOfACallFromBeforeTheRejection() {
        Running before = ask("ada");
        ask("ada").replies(status(401));
        before.replies(ok("yes"));

        assertFails(ask("ada").replies(lost()));
    }

    @Test
    void isNotBroughtBackByALateSuccessEvenWhenTheRejectedCallHasLongEnded() {
        Running before = ask("ada");
        Running rejected = ask("ada");
        rejected.replies(status(401));
        Running after = ask("ada");
        after.replies(ok("newer yes"));
        before.replies(ok("older yes"));

        assertThat(ask("ada").replies(lost()).outcome())
                .isInstanceOfSatisfying(
                        Stale.class, stale -> assertThat(stale.value()).isEqualTo("newer yes"));
    }

    @Test
    void keepsTheNewerOfTwoAnswersThatCameOutOfOrder() {
        Running older = ask("ada");
        script.pass(Duration.ofMillis(1));
        ask("ada").replies(ok("newer"));
        older.replies(ok("older"));

        assertThat(ask("ada").replies(lost()).outcome())
                .isInstanceOfSatisfying(
                        Stale.class, stale -> assertThat(stale.value()).isEqualTo("newer"));
    }

    @Test
    void forgetsTheOldestFirstWhenTheMemoryIsUsedUp() {
        for (String user : new String[] {"ada", "bob", "cleo", "dana", "emil"}) {
            ask(user).replies(ok("x".repeat(60)));
        }

        assertFails(ask("ada").replies(lost()));
        assertFails(ask("bob").replies(lost()));
        assertServes(ask("dana").replies(lost()));
        assertServes(ask("emil").replies(lost()));
    }

    @Test
    void doesNotKeepAnAnswerThatIsLargerThanAllItsMemory() {
        ask("ada").replies(ok("yes"));
        ask("bob").replies(ok("x".repeat(1024)));

        assertFails(ask("bob").replies(lost()));
        assertServes(ask("ada").replies(lost()));
    }

    @Test
    void keepsThoseWhoAreKnownHoweverManyAreRejected() {
        ask("ada").replies(ok("yes"));
        for (int stranger = 0; stranger < 1000; stranger++) {
            ask("stranger-" + stranger).replies(status(401));
        }

        assertServes(ask("ada").replies(lost()));
    }

    @Test
    void removesWhatHasExpiredWithoutBeingAsked() {
        StaleAnswers answers = new StaleAnswers(MINUTE, 10_000);
        StaleAnswers.Asking asking = answers.begin(new StaleKey("GET", "/", "ada"), 0);
        answers.keep(asking, new Response(200, Headers.NONE, new byte[100]));
        answers.end(asking);

        answers.removeExpired(MINUTE.toNanos() - 1);
        int before = answers.size();
        answers.removeExpired(MINUTE.toNanos());

        assertThat(before).isEqualTo(1);
        assertThat(answers.size()).isZero();
        assertThat(answers.bytes()).isZero();
    }

    private Running ask(String user) {
        return script.call(new Wish().staleIfError(user));
    }

    private static void assertServes(Running call) {
        assertThat(call.outcome()).isInstanceOf(Stale.class);
    }

    private static void assertFails(Running call) {
        assertThat(call.failure()).isNotNull();
    }

    private static Policy policy(DataSize maxSize) {
        return new Policy(
                Script.ATTEMPT_TIMEOUT,
                Script.ATTEMPT_TIMEOUT,
                Script.DEADLINE,
                null,
                null,
                null,
                null,
                new Policy.StaleIfError(MINUTE, maxSize));
    }
}

package dev.stabilitylab.apiclient.internal.core;

import static dev.stabilitylab.apiclient.internal.core.Script.lost;
import static dev.stabilitylab.apiclient.internal.core.Script.ok;
import static dev.stabilitylab.apiclient.internal.core.Script.refused;
import static dev.stabilitylab.apiclient.internal.core.Script.retry;
import static dev.stabilitylab.apiclient.internal.core.Script.status;
import static dev.stabilitylab.apiclient.internal.core.Script.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stabilitylab.apiclient.FailureKind;
import dev.stabilitylab.apiclient.Outcome.Success;
import dev.stabilitylab.apiclient.internal.core.Script.Running;
import dev.stabilitylab.apiclient.internal.core.Script.Wish;
import dev.stabilitylab.apiclient.internal.policy.Policy;
import dev.stabilitylab.apiclient.internal.policy.Policy.BreakerPosition;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetryStageTest {

    private final Script script = new Script(with(retry(4), null));

    @Test
    void sendsAgainUntilAnAttemptSucceeds() {
        Running call = script.call().replies(lost());
        Duration first = call.waits();
        call.wakes().replies(status(503));
        Duration second = call.waits();
        call.wakes().replies(ok("answer"));

        assertThat(call.outcome()).isInstanceOf(Success.class);
        assertThat(first).isEqualTo(Duration.ofMillis(10));
        assertThat(second).isEqualTo(Duration.ofMillis(20));
        assertThat(script.retried).containsExactly(FailureKind.CONNECTION_LOST, FailureKind.SERVER_ERROR);
    }

    @Test
    void givesUpWithTheLastFailureAfterTheLastAttempt() {
        Running call = script.call();
        for (int retry = 0; retry < 3; retry++) {
            call.replies(lost()).wakes();
        }

        assertThat(call.replies(status(500)).failure()).isEqualTo(FailureKind.SERVER_ERROR);
        assertThat(script.attempted).hasSize(4);
    }

    @Test
    void doesNotRepeatWhatMayHaveArrivedAndIsNotIdempotent() {
        assertThat(script.call(new Wish().notIdempotent()).replies(lost()).failure())
                .isEqualTo(FailureKind.CONNECTION_LOST);
        assertThat(script.call(new Wish().notIdempotent()).expires().failure()).isEqualTo(FailureKind.TIMED_OUT);
    }

    @Test
    void repeatsWhatWasNeverSentEvenIfItIsNotIdempotent() {
        Running call = script.call(new Wish().notIdempotent()).replies(refused());

        assertThat(call.wakes().replies(ok("answer")).outcome()).isInstanceOf(Success.class);
    }

    @Test
    void goesOnWaitingWhenItIsWokenTooEarly() {
        Running call = script.call().replies(lost());
        script.pass(Duration.ofMillis(4));

        assertThat(call.wokenNow().waits()).isEqualTo(Duration.ofMillis(6));
        assertThat(call.wakes().limit()).isEqualTo(Script.ATTEMPT_TIMEOUT);
    }

    @Test
    void startsARetryOnlyWithTimeForAWholeAttempt() {
        Duration justEnough = Duration.ofMillis(10).plus(Script.ATTEMPT_TIMEOUT);

        Running enough = script.call(new Wish().callerDeadline(justEnough)).replies(lost());
        Running tooLittle =
                script.call(new Wish().callerDeadline(justEnough.minusNanos(1))).replies(lost());

        assertThat(enough.wakes().limit()).isEqualTo(Script.ATTEMPT_TIMEOUT);
        assertThat(tooLittle.failure()).isEqualTo(FailureKind.CONNECTION_LOST);
    }

    @Test
    void keepsTheFailureWhenTheBudgetIsUsedUp() {
        Policy policy = new Policy(
                Script.ATTEMPT_TIMEOUT,
                Script.ATTEMPT_TIMEOUT,
                Script.DEADLINE,
                retry(4),
                new Policy.RetryBudget(10, 1),
                null,
                null,
                null);
        Script bounded = new Script(policy);

        Running call = bounded.call().replies(lost()).wakes().replies(lost());

        assertThat(call.failure()).isEqualTo(FailureKind.CONNECTION_LOST);
        assertThat(bounded.retriesRefused).isEqualTo(1);
    }

    @Test
    void takesNothingOutOfTheBudgetForARetryThatHasNoTime() {
        Policy policy = new Policy(
                Script.ATTEMPT_TIMEOUT,
                Script.ATTEMPT_TIMEOUT,
                Script.DEADLINE,
                retry(2),
                new Policy.RetryBudget(0.1, 1),
                null,
                null,
                null);
        Script bounded = new Script(policy);

        bounded.call(new Wish().callerDeadline(Duration.ofMillis(50))).replies(lost());

        assertThat(bounded.call().replies(lost()).waits()).isPositive();
    }

    @Test
    void stopsAtOnceWhenTheBreakerHasOpenedAndCountsNoRetry() {
        Script guarded = new Script(with(retry(4), Script.breaker(BreakerPosition.INSIDE_RETRY)));
        guarded.call().replies(lost()).wakes().replies(lost());
        int attempts = guarded.attempted.size();

        assertThat(guarded.call().failure()).isEqualTo(FailureKind.BREAKER_OPEN);
        assertThat(guarded.attempted).hasSize(attempts);
        assertThat(guarded.retried).hasSize(1);
    }

    @Test
    void waitsAsLongAsTheUpstreamAsksWithJitterOnTop() {
        Script patient = new Script(new Policy(
                Script.ATTEMPT_TIMEOUT,
                Script.ATTEMPT_TIMEOUT,
                Duration.ofSeconds(60),
                retry(2),
                null,
                null,
                null,
                null));

        Duration first = patient.call().replies(status(429, "20")).waits();
        Duration second = patient.call().replies(status(429, "20")).waits();

        assertThat(first)
                .isBetween(Duration.ofSeconds(20), Duration.ofSeconds(22))
                .isNotEqualTo(second);
        assertThat(second).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(22));
    }

    @Test
    void readsADateInRetryAfter() {
        Script patient = new Script(new Policy(
                Script.ATTEMPT_TIMEOUT,
                Script.ATTEMPT_TIMEOUT,
                Duration.ofSeconds(60),
                retry(2),
                null,
                null,
                null,
                null));

        assertThat(patient.call()
                        .replies(status(503, "Mon, 30 Nov 2026 12:00:20 GMT"))
                        .waits())
                .isBetween(Duration.ofSeconds(20), Duration.ofSeconds(22));
    }

    @Test
    void givesUpAtOnceWhenTheUpstreamAsksForMoreThanTheDeadlineLeaves() {
        assertThat(script.call().replies(status(503, "1")).failure()).isEqualTo(FailureKind.SERVER_ERROR);
        assertThat(script.call().replies(status(503, "999999999")).failure()).isEqualTo(FailureKind.SERVER_ERROR);
        assertThat(script.call()
                        .replies(status(503, "Fri, 31 Dec 9999 23:59:59 GMT"))
                        .failure())
                .isEqualTo(FailureKind.SERVER_ERROR);
    }

    @Test
    void endsCancelledDuringTheBackoff() {
        Running call = script.call().replies(lost()).isCancelled();

        assertThat(call.failure()).isEqualTo(FailureKind.CANCELLED);
        assertThat(script.retried).isEmpty();
    }
}

package dev.stabilitylab.apiclient.internal.core;

import static dev.stabilitylab.apiclient.internal.core.Script.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stabilitylab.apiclient.Failure;
import dev.stabilitylab.apiclient.FailureKind;
import dev.stabilitylab.apiclient.Outcome.Failed;
import dev.stabilitylab.apiclient.internal.core.Script.Running;
import dev.stabilitylab.apiclient.internal.core.Script.Wish;
import dev.stabilitylab.apiclient.internal.policy.Policy;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BulkheadStageTest {

    private static final Duration WAIT = Duration.ofMillis(70);

    private final Script script = new Script(policy(WAIT, Script.DEADLINE));

    @Test
    void rejectsAtOnceWhenNobodyMayWait() {
        Script impatient = new Script(policy(Duration.ZERO, Script.DEADLINE));
        impatient.call();

        assertThat(impatient.call().outcome()).isEqualTo(new Failed<>(new Failure.BulkheadFull("it", 1)));
    }

    @Test
    void givesThePermitBackWhateverTheEnd() {
        script.call().replies(ok("answer"));
        script.call().expires();
        script.call().replies(Script.lost());
        script.call().replies(new Reply.Cancelled());
        script.call().isAbandoned();

        assertThat(available()).isEqualTo(1);
    }

    @Test
    void handsThePermitOnToTheFirstInLine() {
        Running holder = script.call();
        Running first = script.call();
        Running second = script.call();

        holder.replies(ok("answer"));

        assertThat(first.wakeUps).isEqualTo(1);
        assertThat(second.wakeUps).isZero();
        assertThat(first.wokenNow().limit()).isEqualTo(Script.ATTEMPT_TIMEOUT);
        assertThat(second.wokenNow().waits()).isEqualTo(WAIT);
    }

    @Test
    void letsNobodyOvertakeTheLine() {
        Running holder = script.call();
        Running waiting = script.call();
        holder.replies(ok("answer"));

        Running late = script.call();

        assertThat(late.waits()).isPositive();
        assertThat(waiting.wokenNow().limit()).isPositive();
    }

    @Test
    void givesUpAfterTheWait() {
        script.call();
        Running waiting = script.call();

        assertThat(waiting.waits()).isEqualTo(WAIT);
        assertThat(waiting.wakes().failure()).isEqualTo(FailureKind.BULKHEAD_FULL);
    }

    @Test
    void takesAPermitThatCameJustBeforeItGaveUp() {
        Running holder = script.call();
        Running waiting = script.call();
        script.pass(WAIT);

        holder.replies(ok("answer"));
        waiting.wokenNow();

        assertThat(waiting.limit()).isPositive();
        waiting.replies(ok("answer"));
        assertThat(available()).isEqualTo(1);
    }

    @Test
    void leavesAPermitAloneThatComesJustAfterItGaveUp() {
        Running holder = script.call();
        Running waiting = script.call();
        script.pass(WAIT);

        waiting.wokenNow();
        holder.replies(ok("answer"));

        assertThat(waiting.failure()).isEqualTo(FailureKind.BULKHEAD_FULL);
        assertThat(waiting.wakeUps).isZero();
        assertThat(available()).isEqualTo(1);
    }

    @Test
    void passesOnAPermitThatCameJustBeforeItWasCancelled() {
        Running holder = script.call();
        Running cancelled = script.call();
        Running next = script.call();

        holder.replies(ok("answer"));
        cancelled.isCancelled();

        assertThat(cancelled.failure()).isEqualTo(FailureKind.CANCELLED);
        assertThat(next.wokenNow().limit()).isPositive();
    }

    @Test
    void leavesTheLineWhenItIsCancelledBeforeAPermitComes() {
        Running holder = script.call();
        Running cancelled = script.call();
        Running next = script.call();

        cancelled.isCancelled();
        holder.replies(ok("answer"));

        assertThat(cancelled.wakeUps).isZero();
        assertThat(next.wokenNow().limit()).isPositive();
    }

    @Test
    void waitsNoLongerThanAWholeAttemptStillFits() {
        Script tight = new Script(policy(Duration.ofMinutes(1), Duration.ofMillis(130)));
        tight.call();

        assertThat(tight.call().waits()).isEqualTo(Duration.ofMillis(30));
    }

    @Test
    void waitsNoLongerThanTheCallerDoes() {
        script.call();
        Running hurried = script.call(new Wish().callerDeadline(Duration.ofMillis(5)));

        assertThat(hurried.waits()).isEqualTo(Duration.ofMillis(5));
        assertThat(hurried.wakes().failure()).isEqualTo(FailureKind.BULKHEAD_FULL);
    }

    @Test
    void doesNotWaitWhereNoAttemptWouldFitBehindIt() {
        Script tight = new Script(policy(Duration.ofMinutes(1), Script.ATTEMPT_TIMEOUT));
        tight.call();

        assertThat(tight.call().failure()).isEqualTo(FailureKind.BULKHEAD_FULL);
    }

    private int available() {
        return script.bulkheads.bulkhead("it").getMetrics().getAvailableConcurrentCalls();
    }

    private static Policy policy(Duration maxWait, Duration deadline) {
        return new Policy(
                Script.ATTEMPT_TIMEOUT,
                Script.ATTEMPT_TIMEOUT,
                deadline,
                null,
                null,
                null,
                new Policy.Bulkhead(1, maxWait),
                null);
    }
}

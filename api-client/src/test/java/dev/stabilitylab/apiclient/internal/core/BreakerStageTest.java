package dev.stabilitylab.apiclient.internal.core;

import static dev.stabilitylab.apiclient.internal.core.Script.lost;
import static dev.stabilitylab.apiclient.internal.core.Script.ok;
import static dev.stabilitylab.apiclient.internal.core.Script.retry;
import static dev.stabilitylab.apiclient.internal.core.Script.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stabilitylab.apiclient.Failure;
import dev.stabilitylab.apiclient.FailureKind;
import dev.stabilitylab.apiclient.Outcome.Failed;
import dev.stabilitylab.apiclient.internal.core.Script.Running;
import dev.stabilitylab.apiclient.internal.core.Script.Wish;
import dev.stabilitylab.apiclient.internal.policy.Policy;
import dev.stabilitylab.apiclient.internal.policy.Policy.BreakerPosition;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BreakerStageTest {

    private static final Duration OPEN_WAIT = Duration.ofSeconds(1);
    private static final Duration HALF_OPEN_WAIT = Duration.ofSeconds(5);
    private static final Duration HURRY = Duration.ofMillis(40);

    private final Script script = new Script(with(null, Script.breaker(BreakerPosition.INSIDE_RETRY)));

    @Test
    void opensAtTheThresholdAndNotes() {
        script.call(lost());
        assertThat(state()).isEqualTo(State.CLOSED);
        script.pass(Duration.ofSeconds(3));

        script.call(lost());

        assertThat(state()).isEqualTo(State.OPEN);
        assertThat(journal())
                .containsExactly(new BreakerJournal.Transition(Script.WALL.plusSeconds(3), State.CLOSED, State.OPEN));
    }

    @Test
    void doesNotCallWhileOpenAndSaysWhenToComeBack() {
        open();
        script.pass(Duration.ofMillis(300));

        Running call = script.call();

        assertThat(call.outcome()).isEqualTo(new Failed<>(new Failure.BreakerOpen("it", OPEN_WAIT.minusMillis(300))));
    }

    @Test
    void probesOnceAfterTheOpenStateAndSaysThatAProbeTakesAProbesTime() {
        open();
        script.pass(OPEN_WAIT.plusNanos(1));

        Running probe = script.call();
        Running other = script.call();

        assertThat(probe.limit()).isEqualTo(Script.ATTEMPT_TIMEOUT);
        assertThat(other.outcome()).isEqualTo(new Failed<>(new Failure.BreakerOpen("it", Script.ATTEMPT_TIMEOUT)));
    }

    @Test
    void closesWhenTheProbeSucceedsAndReopensWhenItFails() {
        halfOpenProbe().replies(lost());
        assertThat(state()).isEqualTo(State.OPEN);
        script.pass(OPEN_WAIT.plusNanos(1));

        script.call().replies(ok("answer"));

        assertThat(state()).isEqualTo(State.CLOSED);
    }

    @Test
    void givesNoProbeToACallWhoseCallerLeavesItLessTimeThanAProbeNeeds() {
        open();
        script.pass(OPEN_WAIT.plusNanos(1));

        Running hurried = script.call(new Wish().callerDeadline(HURRY));

        assertThat(hurried.failure()).isEqualTo(FailureKind.DEADLINE_EXCEEDED);
        assertThat(state()).isEqualTo(State.OPEN);
        assertThat(script.call().limit()).isEqualTo(Script.ATTEMPT_TIMEOUT);
    }

    @Test
    void givesAProbeToAHurriedCallOnceItHasWaitedForAnotherInVain() {
        open();
        script.pass(OPEN_WAIT.multipliedBy(2).plusNanos(1));

        Running hurried = script.call(new Wish().callerDeadline(HURRY));

        assertThat(hurried.limit()).isEqualTo(HURRY);
        hurried.replies(ok("answer"));
        assertThat(state()).isEqualTo(State.CLOSED);
    }

    @Test
    void takesThePermitBackFromAHurriedProbeThatSaysNothing() {
        open();
        script.pass(OPEN_WAIT.multipliedBy(2).plusNanos(1));
        script.call(new Wish().callerDeadline(HURRY)).expires();

        assertThat(state()).isEqualTo(State.HALF_OPEN);
        assertThat(script.call().limit()).isEqualTo(Script.ATTEMPT_TIMEOUT);
    }

    @ParameterizedTest
    @EnumSource(BreakerPosition.class)
    void opensWhenEveryAttemptHangsHoweverDeadlineAndAttemptTimeoutCompare(BreakerPosition position) {
        Policy.CircuitBreaker breaker = Script.breaker(position);
        for (int deadline : new int[] {100, 101, 150, 200, 1000}) {
            Script hanging = new Script(new Policy(
                    Duration.ofMillis(50),
                    Duration.ofMillis(100),
                    Duration.ofMillis(deadline),
                    retry(2),
                    null,
                    breaker,
                    null,
                    null));

            for (int call = 0; call < 2; call++) {
                Running running = hanging.call();
                while (!(running.action() instanceof Action.End)) {
                    if (running.action() instanceof Action.Wait) {
                        running.wakes();
                    } else {
                        running.expires();
                    }
                }
            }

            assertThat(hanging.breaker().getState())
                    .as("deadline of %d ms", deadline)
                    .isEqualTo(State.OPEN);
        }
    }

    @Test
    void staysClosedWhenOnlyCallersCutItShort() {
        for (int call = 0; call < 20; call++) {
            script.call(new Wish().callerDeadline(HURRY)).expires();
        }

        assertThat(state()).isEqualTo(State.CLOSED);
        assertThat(script.breaker().getMetrics().getNumberOfBufferedCalls()).isZero();
    }

    @Test
    void doesNotCountInHalfOpenACallFromBeforeTheOutage() {
        Running before = script.call();
        Running probe = halfOpenProbe();

        before.replies(lost());
        assertThat(state()).isEqualTo(State.HALF_OPEN);

        probe.replies(ok("answer"));
        assertThat(state()).isEqualTo(State.CLOSED);
    }

    /** Its result comes while the breaker is closed, and is counted only when the breaker is half-open already. */
    @Test
    void givesNoProbeWhileAResultFromBeforeTheOutageIsBeingCounted() {
        Running slow = script.call();
        List<FailureKind> refused = new ArrayList<>();
        script.breaker().getEventPublisher().onSuccess(event -> {
            open();
            script.pass(OPEN_WAIT.plusNanos(1));
            refused.add(script.call().failure());
        });

        slow.replies(ok("answer"));

        assertThat(refused).containsExactly(FailureKind.BREAKER_OPEN);
        assertThat(state()).isEqualTo(State.OPEN);
        assertThat(script.call().limit()).isEqualTo(Script.ATTEMPT_TIMEOUT);
        assertThat(state()).isEqualTo(State.HALF_OPEN);
        assertThat(script.breaker().getMetrics().getNumberOfBufferedCalls()).isZero();
    }

    @Test
    void doesNotCountAProbeInTheNextHalfOpenState() {
        Running overdue = halfOpenProbe();
        script.pass(HALF_OPEN_WAIT);
        script.call();
        assertThat(state()).isEqualTo(State.OPEN);
        script.pass(OPEN_WAIT.plusNanos(1));
        Running probe = script.call();

        overdue.replies(lost());
        assertThat(state()).isEqualTo(State.HALF_OPEN);
        assertThat(script.call().failure()).isEqualTo(FailureKind.BREAKER_OPEN);

        probe.replies(ok("answer"));
        assertThat(state()).isEqualTo(State.CLOSED);
    }

    @Test
    void opensAgainWhenProbesAreOverdue() {
        halfOpenProbe();
        script.pass(HALF_OPEN_WAIT.minusNanos(1));
        script.call();
        assertThat(state()).isEqualTo(State.HALF_OPEN);
        script.pass(Duration.ofNanos(1));

        assertThat(script.call().failure()).isEqualTo(FailureKind.BREAKER_OPEN);

        assertThat(state()).isEqualTo(State.OPEN);
    }

    @Test
    void takesThePermitBackFromAProbeThatIsAbandoned() {
        halfOpenProbe().isAbandoned();

        assertThat(script.call().replies(ok("answer")).outcome()).isNotNull();
        assertThat(state()).isEqualTo(State.CLOSED);
    }

    @Test
    void countsAWholeCallOnceWhenItStandsOutside() {
        Script outside = new Script(with(retry(2), Script.breaker(BreakerPosition.OUTSIDE_RETRY)));

        outside.call().replies(lost()).wakes().replies(lost());

        assertThat(outside.breaker().getMetrics().getNumberOfFailedCalls()).isEqualTo(1);
        assertThat(outside.breaker().getState()).isEqualTo(State.CLOSED);
    }

    private void open() {
        script.call(lost());
        script.call(lost());
        assertThat(state()).isEqualTo(State.OPEN);
    }

    private Running halfOpenProbe() {
        open();
        script.pass(OPEN_WAIT.plusNanos(1));
        Running probe = script.call();
        assertThat(state()).isEqualTo(State.HALF_OPEN);
        return probe;
    }

    private State state() {
        return script.breaker().getState();
    }

    private List<BreakerJournal.Transition> journal() {
        return Objects.requireNonNull(script.pipeline().breaker()).journal().transitions();
    }
}

package dev.stabilitylab.apiclient.internal.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stabilitylab.apiclient.Deadline;
import dev.stabilitylab.apiclient.Failure;
import dev.stabilitylab.apiclient.Outcome;
import dev.stabilitylab.apiclient.Outcome.Failed;
import dev.stabilitylab.apiclient.Outcome.Success;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BreakerStepTest {

    private static final Failure LOST = new Failure.ConnectionFailed("it", new IOException("reset"));
    private static final CallContext CALL =
            new CallContext("it", Duration.ofHours(1), Deadline.in(Duration.ofHours(1)), true);

    private final CircuitBreaker breaker = CircuitBreaker.of(
            "it",
            CircuitBreakerConfig.custom()
                    .slidingWindow(5, 5, SlidingWindowType.COUNT_BASED)
                    .failureRateThreshold(100)
                    .permittedNumberOfCallsInHalfOpenState(1)
                    .waitDurationInOpenState(Duration.ofHours(1))
                    .build());
    private final BreakerStep step = new BreakerStep(breaker);

    @Test
    void opensAfterFiveConsecutiveFailures() {
        for (int i = 0; i < 4; i++) {
            step.run(CALL, () -> new Failed<>(LOST));
        }
        assertThat(breaker.getState()).isEqualTo(State.CLOSED);

        step.run(CALL, () -> new Failed<>(LOST));

        assertThat(breaker.getState()).isEqualTo(State.OPEN);
        assertThat(step.journal().transitions())
                .extracting(BreakerJournal.Transition::to)
                .containsExactly(State.OPEN);
    }

    @Test
    void doesNotCallWhileOpenAndSaysWhenToComeBack() {
        breaker.transitionToOpenState();

        Outcome<String> outcome = step.run(CALL, () -> {
            throw new AssertionError("called");
        });

        assertThat(outcome).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.failure()).isInstanceOf(Failure.BreakerOpen.class);
            assertThat(failed.failure().retryAfter()).isBetween(Duration.ofMinutes(59), Duration.ofHours(1));
        });
    }

    static Stream<Failure> failuresThatSayNothingOfTheUpstream() {
        return Stream.of(
                new Failure.Rejected("it", 404),
                new Failure.Throttled("it", Duration.ZERO),
                new Failure.BulkheadFull("it", 1),
                new Failure.DeadlineExceeded("it", Duration.ofMillis(1)),
                new Failure.Cancelled("it"));
    }

    @ParameterizedTest
    @MethodSource("failuresThatSayNothingOfTheUpstream")
    void staysClosedWhateverTheCallersOwnFault(Failure failure) {
        for (int i = 0; i < 20; i++) {
            step.run(CALL, () -> new Failed<>(failure));
        }

        assertThat(breaker.getState()).isEqualTo(State.CLOSED);
    }

    @ParameterizedTest
    @MethodSource("failuresThatSayNothingOfTheUpstream")
    void givesTheProbesPermitBackAfterAnEndThatSaysNothing(Failure failure) {
        halfOpen();

        step.run(CALL, () -> new Failed<>(failure));

        step.run(CALL, () -> new Success<>("answer", 200));
        assertThat(breaker.getState()).isEqualTo(State.CLOSED);
    }

    @Test
    void givesTheProbesPermitBackAfterAnError() {
        halfOpen();

        assertThatThrownBy(() -> step.run(CALL, () -> {
                    throw new StackOverflowError();
                }))
                .isInstanceOf(StackOverflowError.class);

        step.run(CALL, () -> new Success<>("answer", 200));
        assertThat(breaker.getState()).isEqualTo(State.CLOSED);
    }

    @Test
    void letsNoMoreThanThePermittedProbesThroughWhileHalfOpen() {
        halfOpen();

        Outcome<String> probe = step.run(CALL, () -> {
            Outcome<String> second = step.run(CALL, () -> new Success<>("never", 200));
            assertThat(second)
                    .isInstanceOfSatisfying(
                            Failed.class,
                            failed -> assertThat(failed.failure()).isInstanceOf(Failure.BreakerOpen.class));
            return new Success<>("probe", 200);
        });

        assertThat(probe).isEqualTo(new Success<>("probe", 200));
        assertThat(breaker.getState()).isEqualTo(State.CLOSED);
    }

    @Test
    void doesNotReopenForACallFromBeforeTheOutage() {
        step.run(CALL, () -> {
            halfOpen();
            return new Failed<>(LOST);
        });

        assertThat(breaker.getState()).isEqualTo(State.HALF_OPEN);
    }

    @Test
    void reopensWhenTheProbeFails() {
        halfOpen();

        step.run(CALL, () -> new Failed<>(LOST));

        assertThat(breaker.getState()).isEqualTo(State.OPEN);
    }

    private void halfOpen() {
        breaker.transitionToOpenState();
        breaker.transitionToHalfOpenState();
    }
}

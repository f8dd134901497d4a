package dev.stabilitylab.apiclient.internal.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stabilitylab.apiclient.Deadline;
import dev.stabilitylab.apiclient.Failure;
import dev.stabilitylab.apiclient.Outcome;
import dev.stabilitylab.apiclient.Outcome.Failed;
import dev.stabilitylab.apiclient.Outcome.Success;
import dev.stabilitylab.apiclient.internal.policy.Jitter;
import dev.stabilitylab.apiclient.internal.policy.Policy;
import dev.stabilitylab.apiclient.internal.wire.Wire;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RetryStepTest {

    private static final Failure LOST = new Failure.ConnectionFailed("it", new IOException("reset"));
    private static final CallContext IDEMPOTENT = context(Duration.ofHours(1), true);

    private final List<Duration> waits = new ArrayList<>();
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final RetryStep retry = new RetryStep(
            new Policy.Retry(4, Duration.ofMillis(100), 2, Duration.ofMillis(300), Jitter.NONE),
            null,
            new Random(1),
            waits::add,
            new GatewayMetrics(meters, "it", new Wire(1, 1, Duration.ofSeconds(1), Wire.newTimer())));

    @Test
    void triesAgainUntilAnAttemptSucceeds() {
        Outcome<String> outcome = retry.run(IDEMPOTENT, answering(LOST, LOST, null));

        assertThat(outcome).isEqualTo(new Success<>("answer", 200));
        assertThat(waits).containsExactly(Duration.ofMillis(100), Duration.ofMillis(200));
        assertThat(meters.get("api.client.retries")
                        .tag("cause", "connection_failed")
                        .counter()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void givesUpWithTheLastFailureAfterTheLastAttempt() {
        Failure last = new Failure.TimedOut("it", Duration.ofSeconds(1));

        Outcome<String> outcome = retry.run(IDEMPOTENT, answering(LOST, LOST, LOST, last));

        assertThat(outcome).isEqualTo(new Failed<>(last));
        assertThat(waits).containsExactly(Duration.ofMillis(100), Duration.ofMillis(200), Duration.ofMillis(300));
    }

    @Test
    void keepsTheFailureWhenTheBudgetIsUsedUp() {
        RetryStep bounded = new RetryStep(
                new Policy.Retry(4, Duration.ofMillis(100), 2, Duration.ofMillis(300), Jitter.NONE),
                new RetryBudget(new Policy.RetryBudget(10, 1)),
                new Random(1),
                waits::add,
                new GatewayMetrics(meters, "it", new Wire(1, 1, Duration.ofSeconds(1), Wire.newTimer())));

        Outcome<String> outcome = bounded.run(IDEMPOTENT, answering(LOST, LOST));

        assertThat(outcome).isEqualTo(new Failed<>(LOST));
        assertThat(waits).containsExactly(Duration.ofMillis(100));
        assertThat(meters.get("api.client.retries.refused").counter().count()).isEqualTo(1);
    }

    @Test
    void doesNotRepeatWhatIsNotIdempotent() {
        Outcome<String> outcome = retry.run(context(Duration.ofHours(1), false), answering(LOST));

        assertThat(outcome).isEqualTo(new Failed<>(LOST));
        assertThat(waits).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("failuresThatStay")
    void doesNotRepeatWhatWouldEndTheSame(Failure failure) {
        Outcome<String> outcome = retry.run(IDEMPOTENT, answering(failure));

        assertThat(outcome).isEqualTo(new Failed<>(failure));
        assertThat(waits).isEmpty();
    }

    static Stream<Failure> failuresThatStay() {
        return Stream.of(
                new Failure.BreakerOpen("it", Duration.ofSeconds(1)),
                new Failure.BulkheadFull("it", 1),
                new Failure.Rejected("it", 404),
                new Failure.BadResponse("it", "not JSON"),
                new Failure.DeadlineExceeded("it", Duration.ofSeconds(1)),
                new Failure.Cancelled("it"),
                new Failure.ServerError("it", 501, Duration.ZERO));
    }

    @Test
    void stopsAtOnceWhenTheBreakerHasOpened() {
        Failure open = new Failure.BreakerOpen("it", Duration.ofSeconds(1));

        Outcome<String> outcome = retry.run(IDEMPOTENT, answering(LOST, open));

        assertThat(outcome).isEqualTo(new Failed<>(open));
        assertThat(waits).hasSize(1);
        assertThat(meters.get("api.client.retries")
                        .tag("cause", "connection_failed")
                        .counter()
                        .count())
                .as("retries that were sent")
                .isZero();
    }

    @Test
    void waitsAsLongAsTheUpstreamAsks() {
        Failure busy = new Failure.Throttled("it", Duration.ofSeconds(3));

        retry.run(IDEMPOTENT, answering(busy, null));

        assertThat(waits).containsExactly(Duration.ofSeconds(3));
    }

    @Test
    void doesNotWaitBeyondTheDeadline() {
        Outcome<String> outcome = retry.run(context(Duration.ofMillis(90), true), answering(LOST));

        assertThat(outcome).isEqualTo(new Failed<>(LOST));
        assertThat(waits).isEmpty();
    }

    @Test
    void endsCancelledWhenInterruptedAndKeepsTheFlag() {
        RetryStep interrupted = new RetryStep(
                new Policy.Retry(4, Duration.ofMillis(100), 2, Duration.ofMillis(300), Jitter.NONE),
                null,
                new Random(1),
                wait -> {
                    throw new InterruptedException();
                },
                new GatewayMetrics(meters, "it", new Wire(1, 1, Duration.ofSeconds(1), Wire.newTimer())));

        Outcome<String> outcome = interrupted.run(IDEMPOTENT, answering(LOST));

        assertThat(outcome).isEqualTo(new Failed<>(new Failure.Cancelled("it")));
        assertThat(Thread.interrupted()).isTrue();
    }

    private static CallContext context(Duration remaining, boolean idempotent) {
        return new CallContext("it", remaining, Deadline.in(remaining), idempotent);
    }

    /** Fails in this order; null stands for success. Asked more often, it throws. */
    private static Step<String> answering(@Nullable Failure... failures) {
        Iterator<@Nullable Failure> next = Arrays.asList(failures).iterator();
        return () -> {
            Failure failure = next.next();
            return failure == null ? new Success<>("answer", 200) : new Failed<>(failure);
        };
    }
}

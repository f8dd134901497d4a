package dev.stabilitylab.servicekit.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stabilitylab.apiclient.Deadline;
import dev.stabilitylab.servicekit.faults.Effect;
import dev.stabilitylab.servicekit.problems.ProblemException;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CapacityTest {

    private final MockClock clock = new MockClock();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
    private final List<Duration> pauses = new ArrayList<>();
    private Effect effect = Effect.NONE;

    private Capacity capacity(Duration serviceTime, int concurrentRequests, int queueLength) {
        return new Capacity(
                new CapacityProperties(serviceTime, concurrentRequests, queueLength),
                this::pause,
                () -> effect,
                new CapacityMetrics(registry));
    }

    private void pause(Duration duration) {
        pauses.add(duration);
        clock.add(duration);
    }

    @Test
    void takesTheServiceTimeForEveryRequest() {
        Capacity capacity = capacity(Duration.ofMillis(80), 1, 0);

        String answer = capacity.serve(() -> "answer");

        assertThat(answer).isEqualTo("answer");
        assertThat(pauses).containsExactly(Duration.ofMillis(80));
    }

    @Test
    void holdsASlotWhileItWorksAndNoLonger() {
        Capacity capacity = capacity(Duration.ZERO, 2, 0);

        double during = capacity.serve(() -> gauge(CapacityMetrics.ACTIVE));

        assertThat(during).isOne();
        assertThat(gauge(CapacityMetrics.ACTIVE)).isZero();
    }

    @Test
    void freesTheSlotWhenTheWorkFails() {
        Capacity capacity = capacity(Duration.ZERO, 1, 0);

        assertThatThrownBy(() -> capacity.serve(() -> {
                    throw new IllegalStateException("defect");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(capacity.<String>serve(() -> "next")).isEqualTo("next");
    }

    @Test
    void turnsAwayWhatNeitherASlotNorTheQueueHolds() {
        Capacity capacity = capacity(Duration.ofSeconds(3), 1, 0);

        ProblemException problem = capacity.serve(() -> refusal(capacity));

        assertThat(problem.getStatusCode().value()).isEqualTo(503);
        assertThat(problem.getHeaders().getFirst("Retry-After")).isEqualTo("3");
        assertThat(problem.getBody().getDetail()).contains("worked on: 1; waiting: 0");
        assertThat(rejected(CapacityMetrics.QUEUE_FULL)).isOne();
        assertThat(gauge(CapacityMetrics.QUEUED)).isZero();
    }

    @Test
    void asksForAtLeastASecondOfPatience() {
        Capacity capacity = capacity(Duration.ofMillis(5), 1, 0);

        ProblemException problem = capacity.serve(() -> refusal(capacity));

        assertThat(problem.getHeaders().getFirst("Retry-After")).isEqualTo("1");
    }

    @Test
    void doesNotStartWorkThatCannotEndInTime() throws Exception {
        Capacity capacity = capacity(Duration.ofHours(1), 1, 0);

        ProblemException problem = Deadline.in(Duration.ofMinutes(1)).call(() -> refusal(capacity));

        assertThat(problem.getStatusCode().value()).isEqualTo(504);
        assertThat(problem.getBody().getDetail()).contains("3600000 ms");
        assertThat(pauses).isEmpty();
        assertThat(rejected(CapacityMetrics.DEADLINE_TOO_SHORT)).isOne();
    }

    @Test
    void doesNotStartWorkWhoseDeadlineIsOverEvenIfItTakesNoTime() throws Exception {
        Capacity capacity = capacity(Duration.ZERO, 1, 0);

        ProblemException problem = Deadline.in(Duration.ZERO).call(() -> refusal(capacity));

        assertThat(problem.getStatusCode().value()).isEqualTo(504);
    }

    @Test
    void leavesTheQueueWhenTheDeadlineCannotBeMetAnyMore() throws Exception {
        Capacity capacity = capacity(Duration.ZERO, 1, 1);

        ProblemException problem = capacity.serve(() -> refusalWithin(Duration.ofMillis(1), capacity));

        assertThat(problem.getStatusCode().value()).isEqualTo(504);
        assertThat(gauge(CapacityMetrics.QUEUED)).isZero();
    }

    @Test
    void startsWorkThatEndsInTime() throws Exception {
        Capacity capacity = capacity(Duration.ofSeconds(1), 1, 0);

        String answer = Deadline.in(Duration.ofHours(1)).call(() -> capacity.serve(() -> "in time"));

        assertThat(answer).isEqualTo("in time");
    }

    @Test
    void saysThatItIsStoppingWhenInterruptedAndKeepsTheInterrupt() {
        Capacity capacity = capacity(Duration.ZERO, 1, 0);
        Thread.currentThread().interrupt();

        ProblemException problem = refusal(capacity);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(problem.getStatusCode().value()).isEqualTo(503);
        assertThat(problem.getBody().getTitle()).isEqualTo("The service is stopping");
    }

    @Test
    void isSlowerThanItsServiceTimeWithASlowdown() {
        Capacity capacity = capacity(Duration.ofMillis(80), 1, 0);
        effect = new Effect(Duration.ofMillis(7500), false);

        String answer = capacity.serve(() -> "late");

        assertThat(answer).isEqualTo("late");
        assertThat(pauses).containsExactly(Duration.ofMillis(7580));
    }

    @Test
    void doesNotForeseeASlowdown() throws Exception {
        Capacity capacity = capacity(Duration.ofMillis(80), 1, 0);
        effect = new Effect(Duration.ofHours(2), false);

        String answer = Deadline.in(Duration.ofHours(1)).call(() -> capacity.serve(() -> "too late"));

        assertThat(answer).isEqualTo("too late");
        assertThat(rejected(CapacityMetrics.DEADLINE_TOO_SHORT)).isZero();
    }

    @Test
    void takesTheServiceTimeAndThenFailsInsteadOfDoingTheWork() {
        Capacity capacity = capacity(Duration.ofMillis(80), 1, 0);
        effect = new Effect(Duration.ZERO, true);

        ProblemException problem = refusal(capacity);

        assertThat(problem.getStatusCode().value()).isEqualTo(500);
        assertThat(problem.getBody().getTitle()).isEqualTo("The service has an injected fault");
        assertThat(pauses).containsExactly(Duration.ofMillis(80));
        assertThat(gauge(CapacityMetrics.ACTIVE)).isZero();
    }

    @Test
    void asksForFaultsOnlyForRequestsWhoseWorkBegins() throws Exception {
        List<String> asked = new ArrayList<>();
        Capacity capacity = new Capacity(
                new CapacityProperties(Duration.ofMillis(80), 1, 0),
                this::pause,
                () -> {
                    asked.add("effect");
                    return Effect.NONE;
                },
                new CapacityMetrics(registry));

        refusalWithin(Duration.ofMillis(1), capacity);
        capacity.serve(() -> refusal(capacity));

        assertThat(asked).hasSize(1);
    }

    @Test
    void countsTheSecondsOfWork() {
        Capacity capacity = capacity(Duration.ofMillis(80), 1, 0);
        effect = new Effect(Duration.ofMillis(20), false);

        capacity.serve(() -> {
            clock.add(Duration.ofMillis(50));
            return "answer";
        });

        assertThat(secondsOfWork(true)).isEqualTo(0.15);
        assertThat(secondsOfWork(false)).isZero();
    }

    @Test
    void countsTheWorkOnRequestsThatFail() {
        Capacity capacity = capacity(Duration.ofMillis(80), 1, 0);
        effect = new Effect(Duration.ZERO, true);

        refusal(capacity);

        assertThat(secondsOfWork(true)).isEqualTo(0.08);
    }

    private static ProblemException refusal(Capacity capacity) {
        return catchThrowableOfType(ProblemException.class, () -> capacity.serve(() -> "must not be reached"));
    }

    private static ProblemException refusalWithin(Duration remaining, Capacity capacity) {
        try {
            return Deadline.in(remaining).call(() -> refusal(capacity));
        } catch (Exception unexpected) {
            throw new AssertionError(unexpected);
        }
    }

    private double gauge(String name) {
        return registry.get(name).gauge().value();
    }

    private double rejected(String reason) {
        return registry.get(CapacityMetrics.REJECTED)
                .tag(CapacityMetrics.REASON, reason)
                .counter()
                .count();
    }

    private double secondsOfWork(boolean wanted) {
        return registry.get(CapacityMetrics.WORK)
                .tag(CapacityMetrics.WANTED, Boolean.toString(wanted))
                .timer()
                .totalTime(TimeUnit.SECONDS);
    }
}

package dev.stabilitylab.apiclient.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stabilitylab.apiclient.FailureKind;
import dev.stabilitylab.apiclient.Outcome.Failed;
import dev.stabilitylab.apiclient.Response;
import dev.stabilitylab.apiclient.internal.core.Action.End;
import dev.stabilitylab.apiclient.internal.core.Action.Send;
import dev.stabilitylab.apiclient.internal.core.VirtualWorld.Answer;
import dev.stabilitylab.apiclient.internal.core.VirtualWorld.Ask;
import dev.stabilitylab.apiclient.internal.core.VirtualWorld.Running;
import dev.stabilitylab.apiclient.internal.core.VirtualWorld.Watcher;
import dev.stabilitylab.apiclient.internal.policy.Policy;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Times that a clock may well show, and that arithmetic gets wrong. */
class HostileTimesTest {

    private static final long MILLISECOND = 1_000_000;
    private static final Reply REFUSED = new Reply.NotConnected(new IOException("refused"));
    private static final Reply OK = new Reply.Answered(Response.of(200));

    @Test
    void probesWithEnoughTimeWhileTheClockOverflows() {
        // The attempt ends just before the overflow, and the policy's deadline comes just after.
        VirtualWorld world = world(Long.MAX_VALUE - 1_500 * MILLISECOND, policy(breaker(Duration.ofMillis(100)), null));
        openBreaker(world);

        world.after(200 * MILLISECOND, () -> {});
        world.run();
        Running probe = world.begin(within(2_000));

        assertThat(probe.action()).isInstanceOf(Send.class);
    }

    @Test
    void waitsForAPermitNoLongerThanAWholeAttemptFitsWhileTheClockOverflows() {
        Policy.Bulkhead bulkhead = new Policy.Bulkhead(1, Duration.ofHours(1));
        VirtualWorld world = world(Long.MAX_VALUE - 2_500 * MILLISECOND, policy(null, bulkhead));
        world.begin(Ask.PLAIN);

        Running waiting = world.begin(Ask.PLAIN);

        assertThat(waiting.action()).isEqualTo(new Action.Wait(world.now() + 2_000 * MILLISECOND));
    }

    @Test
    void doesNotProbeWithTooLittleTimeWhenTheOpenWaitIsNoWholeMilliseconds() {
        VirtualWorld world = world(0, policy(breaker(Duration.ofNanos(100_900_000)), null));
        openBreaker(world);

        world.after(100_500_000, () -> {});
        world.run();
        Running call = world.begin(within(500));

        assertThat(kindOf(call)).isEqualTo(FailureKind.DEADLINE_EXCEEDED);
        assertThat(stateOf(world)).isEqualTo(State.OPEN);
    }

    @Test
    void keepsTheResultsOfTheWindowWhenThreadsComeOutOfOrder() {
        Policy.CircuitBreaker breaker = new Policy.CircuitBreaker(
                Policy.BreakerPosition.INSIDE_RETRY,
                Policy.WindowType.TIME_BASED,
                2,
                4,
                100,
                100,
                Duration.ofSeconds(60),
                Duration.ofSeconds(60),
                1,
                Duration.ofSeconds(60));
        VirtualWorld world = world(0, policy(breaker, null));
        long second = 1_000 * MILLISECOND;

        fails(world, second / 2);
        fails(world, second / 2);
        fails(world, second);
        fails(world, second - 1);

        assertThat(stateOf(world)).isEqualTo(State.OPEN);
    }

    private static void fails(VirtualWorld world, long at) {
        Call<String> call = world.pipeline()
                .call(new CallFacts<>(true, CallFacts.NO_DEADLINE, Response::text, null, null, () -> {}), at);
        call.start(at);
        call.replied(REFUSED, at);
    }

    private static void openBreaker(VirtualWorld world) {
        fails(world, world.now());
        assertThat(stateOf(world)).isEqualTo(State.OPEN);
    }

    private static VirtualWorld world(long origin, Policy policy) {
        return new VirtualWorld(origin, policy, call -> new Answer(0, OK), Watcher.NONE, new Random(1));
    }

    private static Policy policy(Policy.@Nullable CircuitBreaker breaker, Policy.@Nullable Bulkhead bulkhead) {
        return new Policy(
                Duration.ofMillis(100),
                Duration.ofSeconds(1),
                Duration.ofSeconds(3),
                null,
                null,
                breaker,
                bulkhead,
                null);
    }

    /** Opens after one failure. */
    private static Policy.CircuitBreaker breaker(Duration waitInOpenState) {
        return new Policy.CircuitBreaker(
                Policy.BreakerPosition.INSIDE_RETRY,
                Policy.WindowType.COUNT_BASED,
                1,
                1,
                100,
                100,
                Duration.ofSeconds(60),
                waitInOpenState,
                1,
                Duration.ofSeconds(60));
    }

    private static Ask within(long millis) {
        return new Ask(true, millis * MILLISECOND, Response::text, null, null);
    }

    private static State stateOf(VirtualWorld world) {
        return Objects.requireNonNull(world.pipeline().breaker()).breaker().getState();
    }

    private static @Nullable FailureKind kindOf(Running call) {
        return call.action() instanceof End<?> end && end.outcome() instanceof Failed<?> failed
                ? failed.failure().kind()
                : null;
    }
}

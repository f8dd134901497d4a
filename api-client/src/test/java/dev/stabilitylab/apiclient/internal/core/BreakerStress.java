package dev.stabilitylab.apiclient.internal.core;

import dev.stabilitylab.apiclient.FailureKind;
import dev.stabilitylab.apiclient.Response;
import dev.stabilitylab.apiclient.internal.policy.Policy;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * The result of a call from before the outage, against the failure that opens the breaker and the probe that comes right after it. Whatever
 * the order, that result never counts as a probe's: a second failure would open the breaker again, a success would close it.
 */
public class BreakerStress {

    private static final Reply LOST = new Reply.Lost(new IOException("reset"));
    private static final Reply OK = new Reply.Answered(Response.of(200));

    private BreakerStress() {}

    /** The late result is a failure. */
    @JCStressTest
    @Outcome(
            id = "Send, OPEN HALF_OPEN 0",
            expect = Expect.ACCEPTABLE,
            desc = "the late failure counted before the outage, or not at all")
    @Outcome(id = "End, OPEN", expect = Expect.ACCEPTABLE, desc = "no probe while the late failure is being counted")
    @Outcome(
            id = "Send, OPEN",
            expect = Expect.ACCEPTABLE,
            desc = "no probe: the late failure was opening the breaker, and the call was quicker")
    @Outcome(expect = Expect.FORBIDDEN, desc = "the late failure counts as a probe's")
    @State
    public static class LateFailure extends Race {

        @Actor
        public void late() {
            endsLate(LOST);
        }

        @Actor
        public void outage(LL_Result result) {
            result.r1 = failsAndProbes();
        }

        @Arbiter
        public void end(LL_Result result) {
            result.r2 = states();
        }
    }

    /** The late result is a success. */
    @JCStressTest
    @Outcome(
            id = "Send, OPEN HALF_OPEN 0",
            expect = Expect.ACCEPTABLE,
            desc = "the late success counted before the outage, or not at all")
    @Outcome(id = "End, OPEN", expect = Expect.ACCEPTABLE, desc = "no probe while the late success is being counted")
    @Outcome(expect = Expect.FORBIDDEN, desc = "the late success counts as a probe's")
    @State
    public static class LateSuccess extends Race {

        @Actor
        public void late() {
            endsLate(OK);
        }

        @Actor
        public void outage(LL_Result result) {
            result.r1 = failsAndProbes();
        }

        @Arbiter
        public void end(LL_Result result) {
            result.r2 = states();
        }
    }

    /** One failure opens the breaker for a second; then one probe decides. */
    public static class Race {

        private static final long SECOND = 1_000_000_000;

        private final CircuitBreakerRegistry breakers = CircuitBreakerRegistry.ofDefaults();
        private final Pipeline pipeline;
        private final Call<Integer> slow;
        private final Call<Integer> failing;

        Race() {
            Policy.CircuitBreaker breaker = new Policy.CircuitBreaker(
                    Policy.BreakerPosition.INSIDE_RETRY,
                    Policy.WindowType.COUNT_BASED,
                    1,
                    1,
                    100,
                    100,
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(1),
                    1,
                    Duration.ofSeconds(60));
            Policy policy = new Policy(
                    Duration.ofMillis(50),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(10),
                    null,
                    null,
                    breaker,
                    null,
                    null);
            pipeline = Pipeline.of(
                    "it",
                    policy,
                    new Pipeline.Surroundings(
                            breakers,
                            BulkheadRegistry.ofDefaults(),
                            () -> 0,
                            Clock.fixed(Instant.EPOCH, ZoneOffset.UTC)),
                    new Silent(),
                    0);
            slow = call();
            slow.start(0);
            failing = call();
            failing.start(0);
        }

        final void endsLate(Reply reply) {
            slow.replied(reply, 1);
        }

        /** What the probe is told to do. */
        final String failsAndProbes() {
            failing.replied(LOST, 1);
            return call().start(2 * SECOND).getClass().getSimpleName();
        }

        /** The states that the breaker has come to since it was closed, and what it has counted while half-open. */
        final String states() {
            StringBuilder states = new StringBuilder();
            for (BreakerJournal.Transition each :
                    Objects.requireNonNull(pipeline.breaker()).journal().transitions()) {
                states.append(states.isEmpty() ? "" : " ").append(each.to());
            }
            CircuitBreaker breaker = breakers.circuitBreaker("it");
            return breaker.getState() == CircuitBreaker.State.HALF_OPEN
                    ? states.append(' ')
                            .append(breaker.getMetrics().getNumberOfBufferedCalls())
                            .toString()
                    : states.toString();
        }

        private Call<Integer> call() {
            return pipeline.call(
                    new CallFacts<>(true, CallFacts.NO_DEADLINE, Response::status, null, null, () -> {}), 0);
        }
    }

    private static final class Silent implements Telemetry {

        @Override
        public void attempted(dev.stabilitylab.apiclient.Outcome<?> outcome, long nanos) {}

        @Override
        public void retried(FailureKind cause) {}

        @Override
        public void retryRefused() {}
    }
}

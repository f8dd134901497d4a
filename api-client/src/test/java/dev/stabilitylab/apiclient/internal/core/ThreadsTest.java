package dev.stabilitylab.apiclient.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stabilitylab.apiclient.FailureKind;
import dev.stabilitylab.apiclient.Outcome;
import dev.stabilitylab.apiclient.Response;
import dev.stabilitylab.apiclient.internal.core.Action.End;
import dev.stabilitylab.apiclient.internal.core.Action.Send;
import dev.stabilitylab.apiclient.internal.core.Action.Wait;
import dev.stabilitylab.apiclient.internal.policy.Jitter;
import dev.stabilitylab.apiclient.internal.policy.Policy;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.util.unit.DataSize;

/**
 * One pipeline, real threads. Time is a number that every thread pushes on, so that nobody waits; which thread comes first is left to
 * the machine. The accounts must be right whatever the order was. {@link BulkheadRacesTest} forces the orders one by one.
 */
@Timeout(60)
class ThreadsTest {

    private static final int THREADS = 4;
    private static final int CALLS = 3_000;
    private static final int PERMITS = 2;
    private static final int PROBES = 3;
    private static final int BURST = 5;
    private static final long MILLISECOND = 1_000_000;
    private static final Reply REFUSED = new Reply.NotConnected(new IOException("refused"));
    private static final Reply OK = new Reply.Answered(Response.of(200));

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final BulkheadRegistry bulkheads = BulkheadRegistry.ofDefaults();
    private final AtomicInteger retries = new AtomicInteger();

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    @Test
    void keepsItsAccountsWhicheverThreadComesFirst() throws Exception {
        Pipeline pipeline = pipeline(new Policy(
                Duration.ofMillis(10),
                Duration.ofMillis(50),
                Duration.ofMillis(500),
                new Policy.Retry(4, Duration.ofMillis(1), 2, Duration.ofMillis(10), Jitter.FULL),
                new Policy.RetryBudget(10, BURST),
                breaker(10, 50),
                new Policy.Bulkhead(PERMITS, Duration.ofMillis(5)),
                new Policy.StaleIfError(Duration.ofMillis(200), DataSize.ofKilobytes(1))));
        AtomicLong clock = new AtomicLong();
        AtomicInteger inFlight = new AtomicInteger();
        AtomicInteger mostInFlight = new AtomicInteger();

        atOnce(thread -> {
            SplittableRandom random = new SplittableRandom(thread);
            for (int i = 0; i < CALLS; i++) {
                carryOut(pipeline, clock, random, inFlight, mostInFlight);
            }
        });

        assertThat(mostInFlight.get()).isLessThanOrEqualTo(PERMITS);
        assertThat(bulkheads.bulkhead(VirtualWorld.UPSTREAM).getMetrics().getAvailableConcurrentCalls())
                .isEqualTo(PERMITS);
        assertThat(retries.get()).isBetween(1, BURST + THREADS * CALLS / 10);
        StaleAnswers answers = Objects.requireNonNull(pipeline.stale()).answers();
        assertThat(answers.keysInFlight()).isZero();
        assertThat(answers.bytes()).isLessThanOrEqualTo(DataSize.ofKilobytes(1).toBytes());
    }

    private static void carryOut(
            Pipeline pipeline,
            AtomicLong clock,
            SplittableRandom random,
            AtomicInteger inFlight,
            AtomicInteger mostInFlight) {
        StaleKey key = new StaleKey("GET", "/", "caller" + random.nextInt(5));
        Call<String> call = pipeline.call(
                new CallFacts<>(true, CallFacts.NO_DEADLINE, Response::text, key, null, () -> {}), tick(clock, random));
        Action action = call.start(clock.get());
        while (!(action instanceof End<?>)) {
            int dice = random.nextInt(20);
            if (action instanceof Send) {
                mostInFlight.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
                spin(random);
                inFlight.decrementAndGet();
                if (dice == 0) {
                    break;
                }
                action = call.replied(dice < 8 ? REFUSED : OK, tick(clock, random));
            } else if (dice == 0) {
                action = call.cancelled(tick(clock, random));
            } else if (dice == 1) {
                break;
            } else {
                // The one that waits for a permit gives up, just when others give theirs back.
                spin(random);
                action = call.woken(dice < 10 ? ((Wait) action).until() : tick(clock, random));
            }
        }
        call.abandon();
    }

    /** Lets others come in between, more or less often. */
    private static void spin(SplittableRandom random) {
        for (int i = random.nextInt(100); i > 0; i--) {
            Thread.onSpinWait();
        }
    }

    private static long tick(AtomicLong clock, SplittableRandom random) {
        return clock.addAndGet(random.nextLong(MILLISECOND));
    }

    @Test
    void letsAsManyProbesThroughAsPermittedWhenAllComeAtOnce() throws Exception {
        for (int round = 0; round < 300; round++) {
            Pipeline pipeline = pipeline(new Policy(
                    Duration.ofMillis(10),
                    Duration.ofMillis(50),
                    Duration.ofMillis(500),
                    null,
                    null,
                    breaker(1, 1),
                    null,
                    null));
            Call<String> fails = call(pipeline);
            fails.start(0);
            fails.replied(REFUSED, 0);
            AtomicInteger probes = new AtomicInteger();

            atOnce(thread -> {
                Action action = call(pipeline).start(100 * MILLISECOND + thread);
                if (action instanceof Send) {
                    probes.incrementAndGet();
                }
            });

            assertThat(probes.get()).isEqualTo(PROBES);
        }
    }

    @Test
    void givesOutNoTokenOfTheBudgetTwice() throws Exception {
        // Far more than a policy allows, so that the threads are at it at the same time.
        int tokens = 4_000_000;
        RetryBudget budget = new RetryBudget(new Policy.RetryBudget(10, tokens));
        AtomicInteger taken = new AtomicInteger();

        atOnce(thread -> {
            int own = 0;
            for (int i = 0; i < tokens; i++) {
                own += budget.tryRetry() ? 1 : 0;
            }
            taken.addAndGet(own);
        });

        assertThat(taken.get()).isEqualTo(tokens);
    }

    @Test
    void forgetsAKeyWithTheLastOfItsCalls() throws Exception {
        StaleAnswers answers = new StaleAnswers(Duration.ofSeconds(1), 1_000);
        StaleKey key = new StaleKey("GET", "/", "caller");

        atOnce(thread -> {
            for (int i = 0; i < 200_000; i++) {
                answers.end(answers.begin(key, 0));
            }
        });

        assertThat(answers.keysInFlight()).isZero();
    }

    private static Call<String> call(Pipeline pipeline) {
        return pipeline.call(new CallFacts<>(true, CallFacts.NO_DEADLINE, Response::text, null, null, () -> {}), 0);
    }

    private Pipeline pipeline(Policy policy) {
        Pipeline.Surroundings surroundings = new Pipeline.Surroundings(
                CircuitBreakerRegistry.ofDefaults(), bulkheads, new Random(1), Clock.systemUTC());
        return Pipeline.of(VirtualWorld.UPSTREAM, policy, surroundings, new Counting(), 0);
    }

    private static Policy.CircuitBreaker breaker(int window, float threshold) {
        return new Policy.CircuitBreaker(
                Policy.BreakerPosition.INSIDE_RETRY,
                Policy.WindowType.COUNT_BASED,
                window,
                window,
                threshold,
                100,
                Duration.ofSeconds(60),
                Duration.ofMillis(20),
                PROBES,
                Duration.ofMillis(50));
    }

    private void atOnce(Task task) throws Exception {
        CyclicBarrier start = new CyclicBarrier(THREADS);
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int thread = i;
            running.add(threads.submit(() -> {
                start.await();
                task.run(thread);
                return null;
            }));
        }
        for (Future<?> each : running) {
            each.get(60, TimeUnit.SECONDS);
        }
    }

    @FunctionalInterface
    private interface Task {
        void run(int thread);
    }

    private final class Counting implements Telemetry {

        @Override
        public void attempted(Outcome<?> outcome, long nanos) {}

        @Override
        public void retried(FailureKind cause) {
            retries.incrementAndGet();
        }

        @Override
        public void retryRefused() {}
    }
}

package dev.stabilitylab.apiclient.internal.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stabilitylab.apiclient.Failure;
import dev.stabilitylab.apiclient.FailureKind;
import dev.stabilitylab.apiclient.Outcome;
import dev.stabilitylab.apiclient.Outcome.Failed;
import dev.stabilitylab.apiclient.Outcome.Success;
import dev.stabilitylab.apiclient.Response;
import dev.stabilitylab.apiclient.internal.core.CallFacts;
import dev.stabilitylab.apiclient.internal.core.Pipeline;
import dev.stabilitylab.apiclient.internal.core.Reply;
import dev.stabilitylab.apiclient.internal.core.Telemetry;
import dev.stabilitylab.apiclient.internal.policy.Jitter;
import dev.stabilitylab.apiclient.internal.policy.Policy;
import dev.stabilitylab.apiclient.internal.wire.Request;
import dev.stabilitylab.apiclient.internal.wire.Transport;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DriverTest {

    private static final Request REQUEST = new Request("GET", "/", List.of(), null);
    private static final Reply ANSWER = new Reply.Answered(Response.of(200));
    private static final Duration LONG = Duration.ofMinutes(1);

    private final CircuitBreakerRegistry breakers = CircuitBreakerRegistry.ofDefaults();
    private final BulkheadRegistry bulkheads = BulkheadRegistry.ofDefaults();
    private final Pipeline pipeline = Pipeline.of(
            "it",
            new Policy(
                    LONG,
                    Duration.ofSeconds(5),
                    LONG,
                    new Policy.Retry(2, LONG.dividedBy(2), 1, LONG, Jitter.NONE),
                    null,
                    new Policy.CircuitBreaker(
                            Policy.BreakerPosition.INSIDE_RETRY,
                            Policy.WindowType.COUNT_BASED,
                            1,
                            1,
                            100,
                            100,
                            LONG,
                            Duration.ofMillis(1),
                            1,
                            LONG),
                    new Policy.Bulkhead(1, LONG.dividedBy(2)),
                    null),
            new Pipeline.Surroundings(breakers, bulkheads, new Random(1), Clock.systemUTC()),
            new NoTelemetry(),
            System.nanoTime());

    @Test
    void givesEveryPermitBackWhenAnErrorPassesThrough() {
        assertThatThrownBy(() -> run((request, connectTimeout, expiresAt) -> {
                    throw new OutOfMemoryError("in a test");
                }))
                .isInstanceOf(OutOfMemoryError.class);

        assertThat(available()).isEqualTo(1);
        assertThat(run((request, connectTimeout, expiresAt) -> ANSWER)).isInstanceOf(Success.class);
    }

    @Test
    void givesTheProbesPermitBackWhenAnErrorPassesThrough() {
        run((request, connectTimeout, expiresAt) -> new Reply.Garbled("not HTTP"));
        assertThat(breakers.circuitBreaker("it").getState()).isEqualTo(State.OPEN);
        LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        assertThatThrownBy(() -> run((request, connectTimeout, expiresAt) -> {
                    throw new StackOverflowError("in a test");
                }))
                .isInstanceOf(StackOverflowError.class);
        assertThat(breakers.circuitBreaker("it").getState()).isEqualTo(State.HALF_OPEN);

        run((request, connectTimeout, expiresAt) -> ANSWER);

        assertThat(breakers.circuitBreaker("it").getState()).isEqualTo(State.CLOSED);
    }

    @Test
    void endsABackoffAtOnceWhenTheThreadIsInterrupted() throws Exception {
        CountDownLatch attempted = new CountDownLatch(1);
        CompletableFuture<Outcome<Integer>> outcome = new CompletableFuture<>();
        CompletableFuture<Boolean> flag = new CompletableFuture<>();
        Thread caller = new Thread(() -> {
            outcome.complete(run((request, connectTimeout, expiresAt) -> {
                attempted.countDown();
                return new Reply.Lost(new IOException("reset"));
            }));
            flag.complete(Thread.currentThread().isInterrupted());
        });
        caller.start();
        attempted.await();

        caller.interrupt();

        assertThat(outcome.get()).isEqualTo(new Failed<>(new Failure.Cancelled("it")));
        assertThat(flag.get()).isTrue();
    }

    @Test
    void wakesWhoWaitsForTheBulkheadWhenAPermitComes() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Thread holder = new Thread(() -> run((request, connectTimeout, expiresAt) -> {
            inside.countDown();
            await(release);
            return ANSWER;
        }));
        holder.start();
        inside.await();
        CompletableFuture<Outcome<Integer>> outcome = new CompletableFuture<>();
        AtomicInteger sent = new AtomicInteger();
        Thread waiting = new Thread(() -> outcome.complete(run((request, connectTimeout, expiresAt) -> {
            sent.incrementAndGet();
            return ANSWER;
        })));
        waiting.start();
        while (waiting.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        assertThat(sent).hasValue(0);

        release.countDown();

        assertThat(outcome.get()).isInstanceOf(Success.class);
        holder.join();
        assertThat(available()).isEqualTo(1);
    }

    @Test
    void passesOnWhatAFallbackThrows() {
        CallFacts<Integer> facts = new CallFacts<>(
                false,
                CallFacts.NO_DEADLINE,
                Response::status,
                null,
                failure -> {
                    throw new IllegalStateException("in a fallback");
                },
                () -> {});

        assertThatThrownBy(() -> Driver.run(
                        pipeline.call(facts, System.nanoTime()),
                        REQUEST,
                        (request, connectTimeout, expiresAt) -> new Reply.Lost(new IOException("reset")),
                        LONG,
                        System.nanoTime()))
                .hasMessage("in a fallback");
        assertThat(available()).isEqualTo(1);
    }

    private Outcome<Integer> run(Transport transport) {
        Thread caller = Thread.currentThread();
        CallFacts<Integer> facts = new CallFacts<>(
                true, CallFacts.NO_DEADLINE, Response::status, null, null, () -> LockSupport.unpark(caller));
        return Driver.run(pipeline.call(facts, System.nanoTime()), REQUEST, transport, LONG, System.nanoTime());
    }

    private int available() {
        return bulkheads.bulkhead("it").getMetrics().getAvailableConcurrentCalls();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    private static final class NoTelemetry implements Telemetry {

        @Override
        public void attempted(Outcome<?> outcome, long nanos) {}

        @Override
        public void retried(FailureKind cause) {}

        @Override
        public void retryRefused() {}
    }
}

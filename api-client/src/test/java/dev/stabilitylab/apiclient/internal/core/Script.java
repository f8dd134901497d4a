package dev.stabilitylab.apiclient.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stabilitylab.apiclient.Failure;
import dev.stabilitylab.apiclient.FailureKind;
import dev.stabilitylab.apiclient.Headers;
import dev.stabilitylab.apiclient.Outcome;
import dev.stabilitylab.apiclient.Outcome.Failed;
import dev.stabilitylab.apiclient.Response;
import dev.stabilitylab.apiclient.internal.core.Action.End;
import dev.stabilitylab.apiclient.internal.core.Action.Send;
import dev.stabilitylab.apiclient.internal.core.Action.Wait;
import dev.stabilitylab.apiclient.internal.policy.Jitter;
import dev.stabilitylab.apiclient.internal.policy.Policy;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Calls through one pipeline, event by event, at times that the test says. */
final class Script {

    static final Duration ATTEMPT_TIMEOUT = Duration.ofMillis(100);
    static final Duration DEADLINE = Duration.ofSeconds(1);
    static final Instant WALL = Instant.parse("2026-11-30T12:00:00Z");

    final List<FailureKind> retried = new ArrayList<>();
    final List<String> attempted = new ArrayList<>();
    final BulkheadRegistry bulkheads = BulkheadRegistry.ofDefaults();
    final CircuitBreakerRegistry breakers = CircuitBreakerRegistry.ofDefaults();
    int retriesRefused;
    private final Pipeline pipeline;
    /** The clock of a machine that runs for a long time already: times may overflow. */
    private long now = Long.MAX_VALUE - Duration.ofMillis(45).toNanos();

    Script(Policy policy) {
        Pipeline.Surroundings surroundings =
                new Pipeline.Surroundings(breakers, bulkheads, new Random(1), Clock.fixed(WALL, ZoneOffset.UTC));
        pipeline = Pipeline.of("it", policy, surroundings, new Counts(), now);
    }

    /** A policy with nothing on but what every call has. */
    static Policy bare() {
        return new Policy(Duration.ofMillis(50), ATTEMPT_TIMEOUT, DEADLINE, null, null, null, null, null);
    }

    static Policy with(Policy.@Nullable Retry retry, Policy.@Nullable CircuitBreaker breaker) {
        return new Policy(Duration.ofMillis(50), ATTEMPT_TIMEOUT, DEADLINE, retry, null, breaker, null, null);
    }

    /** Backoff of 10, 20, 40 ms. */
    static Policy.Retry retry(int maxAttempts) {
        return new Policy.Retry(maxAttempts, Duration.ofMillis(10), 2, Duration.ofMillis(40), Jitter.NONE);
    }

    /** Opens after two failures of two, for a second; then one probe. */
    static Policy.CircuitBreaker breaker(Policy.BreakerPosition position) {
        return new Policy.CircuitBreaker(
                position,
                Policy.WindowType.COUNT_BASED,
                2,
                2,
                100,
                100,
                Duration.ofSeconds(60),
                Duration.ofSeconds(1),
                1,
                Duration.ofSeconds(5));
    }

    long now() {
        return now;
    }

    void pass(Duration time) {
        now += time.toNanos();
    }

    Pipeline pipeline() {
        return pipeline;
    }

    CircuitBreaker breaker() {
        return breakers.circuitBreaker("it");
    }

    /** A call that is idempotent and has nothing else. */
    Running call() {
        return call(new Wish());
    }

    Running call(Wish wish) {
        return new Running(wish);
    }

    /** A call that is over at once, with this reply to its first attempt. */
    Outcome<String> call(Reply reply) {
        return call().replies(reply).outcome();
    }

    static Reply ok(String body) {
        return new Reply.Answered(new Response(200, Headers.NONE, body.getBytes(StandardCharsets.UTF_8)));
    }

    static Reply status(int status) {
        return new Reply.Answered(Response.of(status));
    }

    static Reply status(int status, String retryAfter) {
        Headers headers = name -> name.equals("Retry-After") ? List.of(retryAfter) : List.of();
        return new Reply.Answered(new Response(status, headers, new byte[0]));
    }

    static Reply refused() {
        return new Reply.NotConnected(new IOException("refused"));
    }

    static Reply lost() {
        return new Reply.Lost(new IOException("reset"));
    }

    static FailureKind kindOf(Outcome<?> outcome) {
        assertThat(outcome).isInstanceOf(Failed.class);
        return ((Failed<?>) outcome).failure().kind();
    }

    /** What a caller wants of a call. */
    static final class Wish {
        private boolean idempotent = true;
        private @Nullable Duration callerDeadline;
        private @Nullable String staleKey;
        private @Nullable Function<Failure, String> fallback;

        Wish notIdempotent() {
            idempotent = false;
            return this;
        }

        Wish callerDeadline(Duration fromNow) {
            callerDeadline = fromNow;
            return this;
        }

        Wish staleIfError(String key) {
            staleKey = key;
            return this;
        }

        Wish fallback(Function<Failure, String> function) {
            fallback = function;
            return this;
        }
    }

    /** A call in flight. */
    final class Running {

        private final Call<String> call;
        private Action action;
        int wakeUps;

        private Running(Wish wish) {
            CallFacts<String> facts = new CallFacts<>(
                    wish.idempotent,
                    wish.callerDeadline == null ? CallFacts.NO_DEADLINE : now + wish.callerDeadline.toNanos(),
                    response -> read(response.text()),
                    wish.staleKey == null ? null : new StaleKey("GET", "/", wish.staleKey),
                    wish.fallback,
                    () -> wakeUps++);
            call = pipeline.call(facts, now);
            action = call.start(now);
        }

        Action action() {
            return action;
        }

        /** How long the attempt in flight may take. */
        Duration limit() {
            assertThat(action).isInstanceOf(Send.class);
            return Duration.ofNanos(((Send) action).expiresAt() - now);
        }

        /** How long the call waits. */
        Duration waits() {
            assertThat(action).isInstanceOf(Wait.class);
            return Duration.ofNanos(((Wait) action).until() - now);
        }

        Running replies(Reply reply) {
            assertThat(action).isInstanceOf(Send.class);
            action = call.replied(reply, now);
            return this;
        }

        /** The attempt takes all the time that it has. */
        Running expires() {
            pass(limit());
            return replies(new Reply.Expired());
        }

        /** The time for which the call waits passes. */
        Running wakes() {
            pass(waits());
            return wokenNow();
        }

        Running wokenNow() {
            action = call.woken(now);
            return this;
        }

        Running isCancelled() {
            action = call.cancelled(now);
            return this;
        }

        void isAbandoned() {
            call.abandon();
        }

        Outcome<String> outcome() {
            assertThat(action).isInstanceOf(End.class);
            @SuppressWarnings("unchecked")
            End<String> end = (End<String>) action;
            return end.outcome();
        }

        FailureKind failure() {
            return kindOf(outcome());
        }
    }

    private static String read(String body) throws ResponseReader.Unreadable {
        if (body.equals("nonsense")) {
            throw new ResponseReader.Unreadable("nonsense");
        }
        return body;
    }

    private final class Counts implements Telemetry {

        @Override
        public void attempted(Outcome<?> outcome, long nanos) {
            attempted.add(
                    outcome instanceof Failed<?> failed
                            ? failed.failure().kind().tag()
                            : "success");
        }

        @Override
        public void retried(FailureKind cause) {
            retried.add(cause);
        }

        @Override
        public void retryRefused() {
            retriesRefused++;
        }
    }
}

package dev.stabilitylab.apiclient.internal.core;

import dev.stabilitylab.apiclient.Failure;
import dev.stabilitylab.apiclient.FailureKind;
import dev.stabilitylab.apiclient.Outcome;
import dev.stabilitylab.apiclient.internal.core.Action.End;
import dev.stabilitylab.apiclient.internal.core.Action.Send;
import dev.stabilitylab.apiclient.internal.core.Action.Wait;
import dev.stabilitylab.apiclient.internal.policy.Policy;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Any number of calls in virtual time, on the test's own thread. Carries out what each call decides, as the real driver does, except that
 * nothing takes time: the clock jumps from one event to the next. The same seed gives the same order of events, even of those that are
 * due at the same time.
 */
final class VirtualWorld {

    static final String UPSTREAM = "upstream";

    private static final Instant FIRST_DAY = Instant.parse("2026-01-01T00:00:00Z");

    private final long origin;
    private final Upstream upstream;
    private final Watcher watcher;
    private final RandomGenerator random;
    private final CircuitBreakerRegistry breakers = CircuitBreakerRegistry.ofDefaults();
    private final BulkheadRegistry bulkheads = BulkheadRegistry.ofDefaults();
    private final PriorityQueue<Event> events = new PriorityQueue<>(
            Comparator.comparingLong(Event::at).thenComparingInt(Event::rank).thenComparingLong(Event::number));
    private long elapsed;
    private long numberOfEvents;
    private Pipeline pipeline;
    private @Nullable Running deciding;

    /**
     * @param origin what the clock shows at first, in nanoseconds; any number at all
     * @param random for the jitter, and for the order of what is due at the same time
     */
    VirtualWorld(long origin, Policy policy, Upstream upstream, Watcher watcher, RandomGenerator random) {
        this.origin = origin;
        this.upstream = upstream;
        this.watcher = watcher;
        this.random = random;
        this.pipeline = pipelineOf(policy);
    }

    /** What a driver's clock shows now. */
    long now() {
        return origin + elapsed;
    }

    /** Nanoseconds since the beginning, which never overflow. */
    long elapsed() {
        return elapsed;
    }

    /** What calls that begin now get. */
    Pipeline pipeline() {
        return pipeline;
    }

    /** The bulkhead of {@link #pipeline()}. */
    @Nullable
    Bulkhead bulkhead() {
        return bulkheads.find(UPSTREAM).orElse(null);
    }

    /** Switches policies: calls in flight end with theirs, later ones get a pipeline of their own. */
    void use(Policy policy) {
        pipeline = pipelineOf(policy);
    }

    private Pipeline pipelineOf(Policy policy) {
        return Pipeline.of(
                UPSTREAM,
                policy,
                new Pipeline.Surroundings(breakers, bulkheads, random, new VirtualClock()),
                new WatchedTelemetry(),
                now());
    }

    /** Does something after that time. */
    void after(long nanos, Runnable task) {
        events.add(new Event(elapsed + nanos, random.nextInt(), numberOfEvents++, task));
    }

    /** Begins a call now, and carries out what it decides as far as that takes no time. */
    Running begin(Ask ask) {
        return new Running(pipeline, ask).start();
    }

    /** Lets time pass until nothing more is due. */
    void run() {
        while (step()) {
            // The clock is at the next event.
        }
    }

    /** Handles the next event; false when there is none. */
    boolean step() {
        Event next = events.poll();
        if (next == null) {
            return false;
        }
        elapsed = next.at;
        next.task.run();
        return true;
    }

    /** A call that somebody makes. */
    final class Running {

        private final Ask ask;
        private final Call<String> call;
        private final long beganAt = elapsed;
        private @Nullable Action action;
        private @Nullable Object note;
        private long wakeUps;
        private boolean over;

        private Running(Pipeline pipeline, Ask ask) {
            this.ask = ask;
            long callerDeadline = ask.left == null ? CallFacts.NO_DEADLINE : now() + ask.left;
            this.call = pipeline.call(
                    new CallFacts<>(
                            ask.idempotent, callerDeadline, ask.reader, ask.staleKey, ask.fallback, this::wakeUpLater),
                    now());
        }

        private Running start() {
            watcher.begins(this);
            decide(Happened.STARTED, null, () -> call.start(now()));
            return this;
        }

        Ask ask() {
            return ask;
        }

        /** In nanoseconds since the world's beginning. */
        long beganAt() {
            return beganAt;
        }

        /** The last decision. */
        @Nullable
        Action action() {
            return action;
        }

        boolean isOver() {
            return over;
        }

        /** How the call ended; null as long as it has not, and when it was abandoned. */
        @Nullable
        Outcome<?> outcome() {
            return action instanceof End<?> end ? end.outcome() : null;
        }

        /** How often its waker has run. */
        long wakeUps() {
            return wakeUps;
        }

        /** Whatever the watcher wants to remember. */
        @Nullable
        Object note() {
            return note;
        }

        void note(Object remembered) {
            note = remembered;
        }

        /** The caller gives up. */
        void cancel() {
            if (!over) {
                decide(Happened.CANCELLED, null, () -> call.cancelled(now()));
            }
        }

        /** The caller's thread dies of an {@link Error}. */
        void abandon() {
            if (!over) {
                call.abandon();
                over = true;
                watcher.abandoned(this);
            }
        }

        /** Looks whether there is something to do, as a thread does that wakes up for no reason. */
        void wakeUp() {
            if (action instanceof Wait && !over) {
                decide(Happened.WOKEN, null, () -> call.woken(now()));
            }
        }

        // As LockSupport does: the thread runs a little later, and may be busy with something else by then.
        private void wakeUpLater() {
            wakeUps++;
            after(upstream.wakeUpTime(), this::wakeUp);
        }

        private void decide(Happened happened, @Nullable Reply reply, Supplier<Action> decision) {
            Action decided;
            deciding = this;
            try {
                decided = decision.get();
            } catch (RuntimeException | Error thrown) {
                call.abandon();
                over = true;
                deciding = null;
                watcher.threw(this, happened, reply, thrown);
                return;
            }
            deciding = null;
            action = decided;
            over = decided instanceof End;
            watcher.decided(this, happened, reply, decided);
            carryOut(decided);
        }

        private void carryOut(Action decided) {
            if (decided instanceof Send send) {
                Answer answer = upstream.receives(this);
                long left = send.expiresAt() - now();
                boolean inTime = answer.latency < left;
                Reply reply = inTime ? answer.reply : new Reply.Expired();
                after(inTime ? answer.latency : left, () -> {
                    if (action == decided && !over) {
                        decide(Happened.REPLIED, reply, () -> call.replied(reply, now()));
                    }
                });
            } else if (decided instanceof Wait wait) {
                after(Math.max(0, wait.until() - now()) + upstream.wakeUpTime(), () -> {
                    if (action == decided) {
                        wakeUp();
                    }
                });
            }
        }
    }

    /** What came back into a call. */
    enum Happened {
        STARTED,
        REPLIED,
        WOKEN,
        CANCELLED
    }

    /**
     * What a caller wants.
     *
     * @param left until the caller's own deadline, in nanoseconds; null for none, negative when it is over already
     */
    record Ask(
            boolean idempotent,
            @Nullable Long left,
            ResponseReader<String> reader,
            @Nullable StaleKey staleKey,
            @Nullable Function<? super Failure, String> fallback) {

        /** What may be repeated, without a deadline, stale answer or fallback. */
        static final Ask PLAIN = new Ask(true, null, response -> response.text(), null, null);
    }

    /** The other side. */
    @FunctionalInterface
    interface Upstream {

        /** An attempt is sent. */
        Answer receives(Running call);

        /** Time that a thread takes to run after it is woken, or after its wait is over, in nanoseconds. */
        default long wakeUpTime() {
            return 0;
        }
    }

    /** What the upstream does with an attempt: a reply after so many nanoseconds, or nothing before the attempt's end. */
    record Answer(long latency, Reply reply) {}

    /** Looks at everything that happens. */
    interface Watcher {

        /** Does not look. */
        Watcher NONE = new Watcher() {};

        /** Before the call's first decision. */
        default void begins(Running call) {}

        /** After each decision, before it is carried out. */
        default void decided(Running call, Happened happened, @Nullable Reply reply, Action action) {}

        /** Caller's code threw, and the call is abandoned. */
        default void threw(Running call, Happened happened, @Nullable Reply reply, Throwable thrown) {}

        /** The call is abandoned. */
        default void abandoned(Running call) {}

        /** During a decision: what {@link Telemetry} is told. */
        default void attempted(Running call, Outcome<?> outcome, long nanos) {}

        /** During a decision. */
        default void retried(Running call) {}

        /** During a decision. */
        default void retryRefused(Running call) {}
    }

    private final class WatchedTelemetry implements Telemetry {

        @Override
        public void attempted(Outcome<?> outcome, long nanos) {
            if (deciding != null) {
                watcher.attempted(deciding, outcome, nanos);
            }
        }

        @Override
        public void retried(FailureKind cause) {
            if (deciding != null) {
                watcher.retried(deciding);
            }
        }

        @Override
        public void retryRefused() {
            if (deciding != null) {
                watcher.retryRefused(deciding);
            }
        }
    }

    private record Event(long at, int rank, long number, Runnable task) {}

    /** People's time in this world. */
    private final class VirtualClock extends Clock {

        @Override
        public Instant instant() {
            return FIRST_DAY.plus(Duration.ofNanos(elapsed));
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}

package dev.stabilitylab.apiclient.internal.core;

import static java.util.Objects.requireNonNull;

import dev.stabilitylab.apiclient.Failure;
import dev.stabilitylab.apiclient.FailureKind;
import dev.stabilitylab.apiclient.Outcome;
import dev.stabilitylab.apiclient.Response;
import dev.stabilitylab.apiclient.internal.core.Action.End;
import dev.stabilitylab.apiclient.internal.core.Action.Send;
import dev.stabilitylab.apiclient.internal.core.Action.Wait;
import dev.stabilitylab.apiclient.internal.core.ResponseReader.Unreadable;
import dev.stabilitylab.apiclient.internal.core.VirtualWorld.Happened;
import dev.stabilitylab.apiclient.internal.core.VirtualWorld.Running;
import dev.stabilitylab.apiclient.internal.policy.Policy;
import dev.stabilitylab.apiclient.internal.policy.Policy.BreakerPosition;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the calls of one pipeline must do, written down once more without its classes: one procedure instead of stages, tables of its own,
 * and times that cannot overflow, in nanoseconds since the world's beginning. Throws an {@link AssertionError} at the first decision that is
 * not as it must be.
 */
final class ReferenceModel {

    private static final long MILLISECOND = 1_000_000;
    private static final long SECOND = 1_000_000_000;

    /** Parts of a token in the retry budget: enough for percentages with three decimals. */
    private static final long TOKEN = 100_000;

    private static final Set<FailureKind> FAULTS = EnumSet.of(
            FailureKind.CONNECTION_FAILED,
            FailureKind.CONNECTION_LOST,
            FailureKind.TIMED_OUT,
            FailureKind.SERVER_ERROR,
            FailureKind.BAD_RESPONSE);

    private final VirtualWorld world;
    private final long lateness;
    private final Pipeline pipeline;
    private final @Nullable Bulkhead bulkhead;
    private final Policy policy;
    private final boolean breakerOutside;
    private final @Nullable BreakerModel breaker;
    private final Deque<Modelled> queue = new ArrayDeque<>();
    private final Set<Modelled> inFlight = new HashSet<>();
    private final Map<StaleKey, Kept> kept = new HashMap<>();
    private final Map<StaleKey, Long> rejected = new HashMap<>();
    /** All answers since the last rejection, by their value. */
    private final Map<StaleKey, Map<String, Long>> everKept = new HashMap<>();

    private int permits;
    private long tokens;
    private long calls;
    private long retries;
    private double leastRetriesOverShare;
    private long step;
    private int begun;
    private int over;
    private State stateBefore = State.CLOSED;
    private boolean retryRefused;
    private boolean retriedIsTold;
    private @Nullable Told attemptTold;

    /**
     * Of the world's present pipeline.
     *
     * @param lateness by which threads may wake up too late
     */
    ReferenceModel(VirtualWorld world, long lateness) {
        this.lateness = lateness;
        this.world = world;
        this.pipeline = world.pipeline();
        this.bulkhead = world.bulkhead();
        this.policy = pipeline.policy();
        this.breaker =
                policy.circuitBreaker() == null ? null : new BreakerModel(policy.circuitBreaker(), world.elapsed());
        this.breakerOutside =
                policy.circuitBreaker() != null && policy.circuitBreaker().position() == BreakerPosition.OUTSIDE_RETRY;
        this.tokens = policy.retryBudget() == null ? 0 : policy.retryBudget().burst() * TOKEN;
    }

    // What telemetry is told during a decision, which is looked at after it.

    void attempted(Outcome<?> outcome, long nanos) {
        must(attemptTold == null, "an attempt is counted twice");
        attemptTold = new Told(outcome, nanos);
    }

    void retried() {
        must(!retriedIsTold, "a retry is counted twice");
        retriedIsTold = true;
    }

    void retryRefused() {
        must(!retryRefused, "a refused retry is counted twice");
        retryRefused = true;
    }

    void begins(Running running) {
        Modelled call = new Modelled(running, world.elapsed());
        running.note(call);
        begun++;
        if (policy.retryBudget() != null) {
            calls++;
            tokens = Math.min(policy.retryBudget().burst() * TOKEN, tokens + perCall(policy.retryBudget()));
        }
    }

    void decided(Running running, Happened happened, @Nullable Reply reply, Action action) {
        check(running, happened, reply, action, false);
    }

    /** Caller's code threw: the reader, or the fallback with the failure that it was asked about. */
    void threw(Running running, Happened happened, @Nullable Reply reply, Throwable thrown) {
        if (thrown instanceof BrokenFallback broken) {
            check(running, happened, reply, new End<>(new Outcome.Failed<String>(broken.failure)), true);
        } else if (thrown instanceof BrokenReader) {
            attemptTold = null;
            abandoned(running);
        } else {
            throw new AssertionError("the core threw", thrown);
        }
    }

    void abandoned(Running running) {
        Modelled call = modelled(running);
        must(call.phase != Phase.OVER, "abandoned after its end");
        leaveBulkhead(call);
        settle(call, false, false);
        finish(call);
        checkState();
    }

    private void check(Running running, Happened happened, @Nullable Reply reply, Action action, boolean threw) {
        step++;
        Modelled call = modelled(running);
        try {
            check(call, happened, reply, action, threw);
        } catch (AssertionError wrong) {
            throw new AssertionError(
                    wrong.getMessage() + ", but " + happened + " " + reply + " at " + world.elapsed() + " brings "
                            + action + "; the call is " + call,
                    wrong);
        }
    }

    private void check(Modelled call, Happened happened, @Nullable Reply reply, Action action, boolean threw) {
        must(call.phase != Phase.OVER, "a decision after the end");
        switch (happened) {
            case STARTED -> {
                must(call.phase == Phase.NEW, "started twice");
                goesIn(call, action, threw, true);
            }
            case REPLIED -> replied(call, requireNonNull(reply), action, threw);
            case WOKEN -> woken(call, action, threw);
            case CANCELLED -> {
                leaveBulkhead(call);
                if (!breakerOutside) {
                    settle(call, FailureKind.CANCELLED, null);
                }
                ends(call, FailureKind.CANCELLED, null, action, threw);
            }
        }
        must(attemptTold == null, "an attempt is counted that has not ended");
        must(!retriedIsTold, "a retry is counted that was not sent");
        must(!retryRefused, "a refused retry is counted without one");
        checkBounds(call, action);
        checkState();
    }

    private void goesIn(Modelled call, Action action, boolean threw, boolean first) {
        long now = world.elapsed();
        if (breaker != null && (first || !breakerOutside)) {
            long untilThen = Math.min(now + policy.attemptTimeout().toNanos(), call.ownDeadline);
            switch (breaker.ask(call.callerDeadline >= untilThen, now)) {
                case STAY_OUT -> {
                    ends(call, FailureKind.BREAKER_OPEN, null, action, threw);
                    return;
                }
                case TOO_LITTLE_TIME -> {
                    ends(call, FailureKind.DEADLINE_EXCEEDED, null, action, threw);
                    return;
                }
                case COME_IN -> {
                    call.hasBreaker = true;
                    call.breakerGeneration = breaker.generation();
                    call.breakerSince = now;
                }
            }
        }
        if (policy.bulkhead() != null && !(queue.isEmpty() && takePermit(call))) {
            long wholeAttempt = call.ownDeadline - policy.attemptTimeout().toNanos();
            long latest = Math.min(
                    now + policy.bulkhead().maxWaitDuration().toNanos(), Math.min(wholeAttempt, call.callerDeadline));
            if (latest > now) {
                call.phase = Phase.QUEUED;
                call.until = latest;
                queue.addLast(call);
                waits(call, action, latest, latest);
            } else {
                full(call, action, threw);
            }
            return;
        }
        sends(call, action, threw);
    }

    private boolean takePermit(Modelled call) {
        if (permits == requireNonNull(policy.bulkhead()).maxConcurrentCalls()) {
            return false;
        }
        permits++;
        call.hasPermit = true;
        return true;
    }

    private void full(Modelled call, Action action, boolean threw) {
        if (!breakerOutside) {
            settle(call, FailureKind.BULKHEAD_FULL, null);
        }
        ends(call, FailureKind.BULKHEAD_FULL, null, action, threw);
    }

    private void sends(Modelled call, Action action, boolean threw) {
        long now = world.elapsed();
        long own = Math.min(now + policy.attemptTimeout().toNanos(), call.ownDeadline);
        long expiresAt = Math.min(own, call.callerDeadline);
        if (expiresAt - now < MILLISECOND) {
            leaveBulkhead(call);
            if (!breakerOutside) {
                settle(call, FailureKind.DEADLINE_EXCEEDED, null);
            }
            ends(call, FailureKind.DEADLINE_EXCEEDED, null, action, threw);
            return;
        }
        must(action instanceof Send, "sends an attempt");
        must(
                elapsed(((Send) action).expiresAt()) == expiresAt,
                "gives the attempt the time it has: until " + expiresAt);
        call.phase = Phase.SENT;
        call.attempts++;
        call.cutShort = call.callerDeadline < own;
        call.sentAt = now;
        inFlight.add(call);
        must(retriedIsTold == (call.attempts > 1), "counts a retry when it sends one");
        retriedIsTold = false;
    }

    private void woken(Modelled call, Action action, boolean threw) {
        long now = world.elapsed();
        must(call.phase == Phase.BACKING_OFF || call.phase == Phase.QUEUED, "woken while it does not wait");
        if (call.phase == Phase.QUEUED && call.hasPermit) {
            sends(call, action, threw);
        } else if (now < call.until) {
            waits(call, action, call.until, call.until);
        } else if (call.phase == Phase.QUEUED) {
            queue.remove(call);
            full(call, action, threw);
        } else {
            goesIn(call, action, threw, false);
        }
    }

    private void replied(Modelled call, Reply reply, Action action, boolean threw) {
        long now = world.elapsed();
        must(call.phase == Phase.SENT, "a reply to what was not sent");
        FailureKind kind = kindOf(reply, call);
        Told told = attemptTold;
        attemptTold = null;
        if (reply instanceof Reply.NoConnectionFree) {
            must(told == null, "does not count an attempt that was not sent");
        } else {
            must(told != null && told.nanos == now - call.sentAt, "counts the attempt with its time");
            must(kindOf(requireNonNull(told).outcome) == kind, "counts the attempt as " + kind);
        }
        leaveBulkhead(call);
        if (!breakerOutside) {
            settle(call, kind, reply);
        }
        boolean again = !(action instanceof End<?> end && kindOf(end.outcome()) == kind);
        Policy.Retry retry = policy.retry();
        boolean may = kind != null
                && retry != null
                && call.attempts < retry.maxAttempts()
                && isRetried(kind, reply, call.running.ask().idempotent());
        if (!again) {
            boolean fits = may
                    && now
                                    + longestBackoff(call, reply)
                                    + policy.attemptTimeout().toNanos()
                            <= call.deadline();
            must(!fits || retryRefused, "retries what may be retried and has time for it");
            must(!retryRefused || (may && policy.retryBudget() != null && tokens < TOKEN), "refuses within the budget");
            retryRefused = false;
            ends(call, kind, reply, action, threw);
            return;
        }
        must(may, "does not repeat what must not be repeated");
        takeToken();
        long shortest = shortestBackoff(call, reply);
        long longest = longestBackoff(call, reply);
        must(
                now + shortest + policy.attemptTimeout().toNanos() <= call.deadline(),
                "a retry starts only with time for a whole attempt");
        if (longest == 0) {
            goesIn(call, action, threw, false);
        } else {
            call.phase = Phase.BACKING_OFF;
            waits(call, action, now + shortest, now + longest);
            must(
                    call.until + policy.attemptTimeout().toNanos() <= call.deadline(),
                    "a retry starts only with time for a whole attempt");
            call.lastBackoff = asked(reply) == 0 ? call.until - now + 1 : longestWait(call);
        }
    }

    private void waits(Modelled call, Action action, long earliest, long latest) {
        must(action instanceof Wait, "waits until " + latest);
        call.until = elapsed(((Wait) action).until());
        // A nanosecond is what floating point may be off by.
        must(
                call.until >= earliest - 1 && call.until <= latest + 1,
                "waits until a time from " + earliest + " to " + latest);
        must(call.until <= Math.max(call.deadline(), world.elapsed()), "does not wait past the deadline");
    }

    private void takeToken() {
        if (policy.retryBudget() == null) {
            return;
        }
        must(tokens >= TOKEN, "has a token for each retry");
        tokens -= TOKEN;
        retries++;
        // Over any stretch of calls, wherever it begins: burst + percentage.
        double share = policy.retryBudget().percentage() / 100;
        must(
                retries - share * calls - leastRetriesOverShare
                        <= policy.retryBudget().burst() + share + 1e-6,
                "keeps to the budget over any stretch of calls");
        leastRetriesOverShare = Math.min(leastRetriesOverShare, retries - share * calls);
    }

    private static long perCall(Policy.RetryBudget budget) {
        return Math.round(budget.percentage() * 1000);
    }

    private void leaveBulkhead(Modelled call) {
        inFlight.remove(call);
        if (call.hasPermit) {
            call.hasPermit = false;
            Modelled next = queue.pollFirst();
            if (next == null) {
                permits--;
            } else {
                next.hasPermit = true;
                must(next.running.wakeUps() > next.wakeUpsSeen, "wakes the call that gets the permit");
                next.wakeUpsSeen = next.running.wakeUps();
            }
        } else if (call.phase == Phase.QUEUED) {
            queue.remove(call);
        }
    }

    private void settle(Modelled call, @Nullable FailureKind kind, @Nullable Reply reply) {
        boolean failed = kind != null && FAULTS.contains(kind);
        boolean works = kind == null || (kind == FailureKind.REJECTED && status(reply) != 408);
        settle(call, failed || works, failed);
    }

    private void settle(Modelled call, boolean counts, boolean failed) {
        if (call.hasBreaker) {
            call.hasBreaker = false;
            requireNonNull(breaker)
                    .result(
                            call.breakerGeneration,
                            counts,
                            failed,
                            world.elapsed() - call.breakerSince,
                            world.elapsed(),
                            BreakerModel.second(world.elapsed()));
        }
    }

    private void ends(Modelled call, @Nullable FailureKind kind, @Nullable Reply reply, Action action, boolean threw) {
        if (breakerOutside) {
            settle(call, kind, reply);
        }
        must(action instanceof End<?>, "ends with " + kind);
        Outcome<?> outcome = ((End<?>) action).outcome();
        must(kindOf(outcome) == kind, "ends with " + kind);
        long now = world.elapsed();
        must(now <= Math.max(call.deadline() + lateness, call.running.beganAt()), "ends by its deadline");
        Kept stale = kind == null ? null : staleAnswer(call, kind, status(reply) == 408);
        if (kind == null) {
            must(outcome instanceof Outcome.Success<?>, "is a success");
            keep(call, ((Reply.Answered) requireNonNull(reply)).response());
            checkMemory();
        } else if (outcome instanceof Outcome.Stale<?> served) {
            if (isForgetful()) {
                must(mayStandIn(kind), "serves a stale answer only where one may stand in");
                Long askedAt = everKept.getOrDefault(call.running.ask().staleKey(), Map.of())
                        .get(served.value());
                must(
                        askedAt != null && served.age().toNanos() == now - askedAt,
                        "serves an earlier answer with its age");
            } else {
                must(stale != null, "serves a stale answer only where one may stand in");
                must(
                        served.value().equals(read(call, requireNonNull(stale).response)),
                        "serves the last answer to the same question");
                must(served.age().toNanos() == now - stale.askedAt, "tells its age");
            }
            must(
                    served.age().compareTo(requireNonNull(policy.staleIfError()).maxAge()) < 0,
                    "serves nothing that is too old");
        } else {
            must(stale == null || isForgetful(), "serves the stale answer");
            boolean hasFallback = call.running.ask().fallback() != null;
            must(hasFallback || !threw, "asks no fallback where there is none");
            must(
                    hasFallback
                            ? threw || outcome instanceof Outcome.Degraded<?>
                            : outcome instanceof Outcome.Failed<?>,
                    "the fallback stands in where there is one");
        }
        finish(call);
    }

    private @Nullable Kept staleAnswer(Modelled call, FailureKind kind, boolean is408) {
        StaleKey key = call.running.ask().staleKey();
        if (policy.staleIfError() == null || key == null) {
            return null;
        }
        if (kind == FailureKind.REJECTED && !is408) {
            kept.remove(key);
            everKept.remove(key);
            rejected.put(key, step);
        }
        Kept answer = kept.get(key);
        boolean mayStandIn = answer != null
                && mayStandIn(kind)
                && world.elapsed() - answer.askedAt
                        < policy.staleIfError().maxAge().toNanos()
                && read(call, answer.response) != null;
        return mayStandIn ? answer : null;
    }

    /** No more bytes are counted than what is kept can take: what was replaced or removed is given back. */
    private void checkMemory() {
        StaleStage stale = pipeline.stale();
        if (stale != null && !isForgetful()) {
            long most = 0;
            for (Kept each : kept.values()) {
                most += each.response.body().length + 300;
            }
            must(stale.answers().bytes() <= most, "counts the bytes of what it keeps");
        }
    }

    private static boolean mayStandIn(FailureKind kind) {
        return FAULTS.contains(kind) || kind == FailureKind.BREAKER_OPEN;
    }

    /** Whether memory is so short that answers may be gone early. */
    private boolean isForgetful() {
        return policy.staleIfError() != null && policy.staleIfError().maxSize().toMegabytes() == 0;
    }

    private void keep(Modelled call, Response response) {
        StaleKey key = call.running.ask().staleKey();
        if (policy.staleIfError() == null || key == null || rejected.getOrDefault(key, 0L) > call.beganInStep) {
            return;
        }
        everKept.computeIfAbsent(key, first -> new HashMap<>()).put(read(call, response), call.running.beganAt());
        Kept known = kept.get(key);
        if (known == null || known.askedAt <= call.running.beganAt()) {
            kept.put(key, new Kept(response, call.running.beganAt()));
        }
    }

    private void finish(Modelled call) {
        call.phase = Phase.OVER;
        over++;
    }

    private static @Nullable String read(Modelled call, Response response) {
        try {
            return call.running.ask().reader().read(response);
        } catch (Unreadable anotherType) {
            return null;
        }
    }

    // The tables of docs/policies.md.

    private static @Nullable FailureKind kindOf(Outcome<?> outcome) {
        if (outcome instanceof Outcome.Stale<?> stale) {
            return stale.failure().kind();
        }
        if (outcome instanceof Outcome.Degraded<?> degraded) {
            return degraded.failure().kind();
        }
        return outcome instanceof Outcome.Failed<?> failed ? failed.failure().kind() : null;
    }

    private static @Nullable FailureKind kindOf(Reply reply, Modelled call) {
        if (reply instanceof Reply.Answered answered) {
            int status = answered.response().status();
            if (status < 300) {
                return read(call, answered.response()) == null ? FailureKind.BAD_RESPONSE : null;
            }
            if (status == 504 && call.cutShort) {
                return FailureKind.DEADLINE_EXCEEDED;
            }
            return status >= 500
                    ? FailureKind.SERVER_ERROR
                    : status == 429 ? FailureKind.THROTTLED : FailureKind.REJECTED;
        }
        if (reply instanceof Reply.Expired) {
            return call.cutShort ? FailureKind.DEADLINE_EXCEEDED : FailureKind.TIMED_OUT;
        }
        if (reply instanceof Reply.NotConnected) {
            return FailureKind.CONNECTION_FAILED;
        }
        if (reply instanceof Reply.Lost) {
            return FailureKind.CONNECTION_LOST;
        }
        if (reply instanceof Reply.Garbled) {
            return FailureKind.BAD_RESPONSE;
        }
        return reply instanceof Reply.NoConnectionFree ? FailureKind.BULKHEAD_FULL : FailureKind.CANCELLED;
    }

    private static boolean isRetried(FailureKind kind, Reply reply, boolean idempotent) {
        return switch (kind) {
            case CONNECTION_FAILED -> true;
            case CONNECTION_LOST, TIMED_OUT, THROTTLED -> idempotent;
            case SERVER_ERROR -> idempotent && status(reply) != 501;
            case REJECTED -> idempotent && status(reply) == 408;
            default -> false;
        };
    }

    private static int status(@Nullable Reply reply) {
        return reply instanceof Reply.Answered answered ? answered.response().status() : 0;
    }

    // Backoff, as a range: chance decides the rest.

    private long shortestBackoff(Modelled call, Reply reply) {
        double expo = expo(call);
        Policy.Retry retry = requireNonNull(policy.retry());
        double least = switch (retry.jitter()) {
            case NONE -> expo;
            case FULL -> 0;
            case EQUAL -> expo / 2;
            case DECORRELATED -> Math.min(cap(), retry.waitDuration().toNanos());
        };
        return Math.max((long) least, asked(reply));
    }

    private long longestBackoff(Modelled call, Reply reply) {
        long asked = asked(reply);
        long spread = Math.max(requireNonNull(policy.retry()).waitDuration().toNanos(), asked / 10);
        return Math.max(longestWait(call), asked == 0 ? 0 : asked + spread);
    }

    private long longestWait(Modelled call) {
        long base = requireNonNull(policy.retry()).waitDuration().toNanos();
        return switch (requireNonNull(policy.retry()).jitter()) {
            case NONE, FULL, EQUAL -> (long) expo(call);
            case DECORRELATED -> Math.min(cap(), Math.max(base, 3 * call.lastBackoff(base)));
        };
    }

    private double expo(Modelled call) {
        Policy.Retry retry = requireNonNull(policy.retry());
        return Math.min(
                (double) cap(),
                retry.waitDuration().toNanos() * Math.pow(retry.exponentialBackoffMultiplier(), call.attempts - 1));
    }

    private long cap() {
        return requireNonNull(policy.retry()).exponentialMaxWaitDuration().toNanos();
    }

    private static long asked(Reply reply) {
        if (status(reply) != 429 && status(reply) < 500) {
            return 0;
        }
        String value = ((Reply.Answered) reply)
                .response()
                .headers()
                .first("Retry-After")
                .orElse("0");
        return value.equals("soon") ? 0 : Math.min(Long.parseLong(value) * SECOND, Policy.LONGEST.toNanos());
    }

    // What must hold at any time, whatever the model says.

    private void checkBounds(Modelled call, Action action) {
        must(
                policy.retry() == null
                        ? call.attempts <= 1
                        : call.attempts <= policy.retry().maxAttempts(),
                "max-attempts");
        if (action instanceof Send send) {
            long expiresAt = elapsed(send.expiresAt());
            must(world.elapsed() < call.deadline(), "sends nothing at or after the deadline");
            must(expiresAt <= call.deadline(), "no attempt outlasts the deadline");
            must(expiresAt - world.elapsed() <= policy.attemptTimeout().toNanos(), "no attempt outlasts its timeout");
        }
        must(tokens >= 0, "the budget is not negative");
    }

    private void checkState() {
        if (bulkhead != null) {
            int most = requireNonNull(policy.bulkhead()).maxConcurrentCalls();
            must(inFlight.size() <= most, "no more attempts in flight than permits");
            must(
                    bulkhead.getMetrics().getAvailableConcurrentCalls() == most - permits,
                    permits + " of " + most + " permits are taken");
        }
        if (breaker != null) {
            State state = requireNonNull(pipeline.breaker()).breaker().getState();
            must(state == breaker.state(), "the breaker is " + breaker.state() + " and not " + state);
            must(
                    breaker.probesInFlight()
                            <= requireNonNull(policy.circuitBreaker()).permittedNumberOfCallsInHalfOpenState(),
                    "probes");
            must(isLegal(stateBefore, state), "from " + stateBefore + " to " + state);
            stateBefore = state;
        }
        StaleStage stale = pipeline.stale();
        if (stale != null) {
            must(
                    stale.answers().bytes()
                            <= requireNonNull(policy.staleIfError()).maxSize().toBytes(),
                    "stale answers keep within max-size");
            must(stale.answers().keysInFlight() <= begun - over, "knows only calls in flight");
        }
    }

    private static boolean isLegal(State from, State to) {
        return switch (to) {
            case OPEN -> true;
            // An event may be a result and the next question at once, so that a state is seen before and after only.
            case HALF_OPEN -> from != State.CLOSED;
            case CLOSED -> from != State.OPEN;
            default -> false;
        };
    }

    /** Nothing is left of calls when all have ended. */
    void checkTheEnd() {
        must(begun == over, "every call ends, or is abandoned");
        must(queue.isEmpty() && inFlight.isEmpty() && permits == 0, "nobody holds a permit or waits for one");
        checkState();
        StaleStage stale = pipeline.stale();
        must(stale == null || stale.answers().keysInFlight() == 0, "nothing is kept in flight");
    }

    /** The model of the pipeline that a call began with. */
    static ReferenceModel of(Running running) {
        return modelled(running).model();
    }

    private static Modelled modelled(Running running) {
        return (Modelled) requireNonNull(running.note());
    }

    private long elapsed(long time) {
        return time - world.now() + world.elapsed();
    }

    private static void must(boolean holds, String rule) {
        if (!holds) {
            throw new AssertionError(rule);
        }
    }

    private enum Phase {
        NEW,
        QUEUED,
        SENT,
        BACKING_OFF,
        OVER
    }

    /** What the model knows of a call. */
    private final class Modelled {

        private final Running running;
        private final long ownDeadline;
        private final long callerDeadline;
        private final long beganInStep;
        private Phase phase = Phase.NEW;
        private int attempts;
        private boolean hasPermit;
        private boolean hasBreaker;
        private int breakerGeneration;
        private long breakerSince;
        private long until;
        private long sentAt;
        private long lastBackoff = -1;
        private long wakeUpsSeen;
        private boolean cutShort;

        Modelled(Running running, long now) {
            this.running = running;
            this.ownDeadline = now + policy.deadline().toNanos();
            Long left = running.ask().left();
            this.callerDeadline = left == null ? Long.MAX_VALUE / 2 : now + left;
            this.beganInStep = ++step;
        }

        ReferenceModel model() {
            return ReferenceModel.this;
        }

        long deadline() {
            return Math.min(ownDeadline, callerDeadline);
        }

        long lastBackoff(long base) {
            return lastBackoff < 0 ? base : lastBackoff;
        }

        @Override
        public String toString() {
            return "%s until %d, begun at %d, attempt %d, deadlines %d and %d, idempotent %s"
                    .formatted(
                            phase,
                            until,
                            running.beganAt(),
                            attempts,
                            ownDeadline,
                            callerDeadline,
                            running.ask().idempotent());
        }
    }

    private record Kept(Response response, long askedAt) {}

    private record Told(Outcome<?> outcome, long nanos) {}

    /** What a test's fallback throws. */
    static final class BrokenFallback extends RuntimeException {

        private final transient Failure failure;

        BrokenFallback(Failure failure) {
            super("the fallback is broken", null, false, false);
            this.failure = failure;
        }
    }

    /** What a test's reader throws. */
    static final class BrokenReader extends Error {

        BrokenReader() {
            super("the reader is broken", null, false, false);
        }
    }
}

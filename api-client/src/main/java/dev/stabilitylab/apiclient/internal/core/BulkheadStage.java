package dev.stabilitylab.apiclient.internal.core;

import dev.stabilitylab.apiclient.Failure;
import dev.stabilitylab.apiclient.Outcome.Failed;
import dev.stabilitylab.apiclient.internal.core.Action.End;
import dev.stabilitylab.apiclient.internal.core.Action.Wait;
import dev.stabilitylab.apiclient.internal.policy.Policy;
import io.github.resilience4j.bulkhead.Bulkhead;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a slow upstream from taking every thread of its caller: so many attempts in flight, and no more. Resilience4j's bulkhead is the
 * state. Its waiting blocks a thread and knows no deadline, so the queue is kept here: first come, first served, and a permit goes from the
 * call that ends to the first that waits.
 */
final class BulkheadStage implements Stage {

    private final Bulkhead bulkhead;
    private final long maxWait;
    private final long attemptTimeout;
    private final Deque<BulkheadPass<?>> waiting = new ArrayDeque<>();

    /** @param bulkhead without a wait of its own */
    BulkheadStage(Bulkhead bulkhead, Policy.Bulkhead policy, Duration attemptTimeout) {
        this.bulkhead = bulkhead;
        this.maxWait = policy.maxWaitDuration().toNanos();
        this.attemptTimeout = attemptTimeout.toNanos();
    }

    @Override
    public <T> Pass<T> begin(Call<T> call, long now) {
        return new BulkheadPass<>(this, call);
    }

    /** Takes a permit, or lines up for one if that makes sense, or neither. */
    private void enter(BulkheadPass<?> pass, boolean mayWait) {
        // Where nobody ever waits, there is no line to be kept in order.
        if (maxWait > 0) {
            enterInOrder(pass, mayWait);
        } else if (bulkhead.tryAcquirePermission()) {
            pass.state = State.HOLDS;
        }
    }

    private synchronized void enterInOrder(BulkheadPass<?> pass, boolean mayWait) {
        if (waiting.isEmpty() && bulkhead.tryAcquirePermission()) {
            pass.state = State.HOLDS;
        } else if (mayWait) {
            pass.state = State.WAITS;
            waiting.addLast(pass);
        }
    }

    /** Gives a permit back, or on to the first that waits. */
    private void release() {
        if (maxWait == 0) {
            bulkhead.onComplete();
            return;
        }
        BulkheadPass<?> next;
        synchronized (this) {
            next = waiting.pollFirst();
            if (next == null) {
                bulkhead.onComplete();
                return;
            }
            next.state = State.HOLDS;
        }
        next.call.facts().waker().run();
    }

    /** Leaves the line; false when a permit came first. */
    private synchronized boolean giveUp(BulkheadPass<?> pass) {
        return waiting.remove(pass);
    }

    private enum State {
        OUTSIDE,
        WAITS,
        HOLDS
    }

    private static final class BulkheadPass<T> extends Pass<T> {

        private final BulkheadStage stage;
        private final Call<T> call;
        private long latest;
        /** Set under the stage's lock; the call that ends sets it for the one that waits. */
        private volatile State state = State.OUTSIDE;

        BulkheadPass(BulkheadStage stage, Call<T> call) {
            this.stage = stage;
            this.call = call;
        }

        @Override
        @Nullable
        Action enter(long now) {
            if (state == State.OUTSIDE) {
                latest = now + Math.min(stage.maxWait, longestWait(now));
                stage.enter(this, latest - now > 0);
            }
            if (state == State.WAITS && now - latest >= 0 && stage.giveUp(this)) {
                state = State.OUTSIDE;
            }
            return switch (state) {
                case HOLDS -> null;
                case WAITS -> new Wait(latest);
                case OUTSIDE -> full();
            };
        }

        // A permit is of use only as long as a whole attempt still fits before the policy's deadline; the caller's own
        // may be shorter.
        private long longestWait(long now) {
            return Math.min(call.ownDeadline() - now - stage.attemptTimeout, call.deadline() - now);
        }

        private End<T> full() {
            int limit = stage.bulkhead.getBulkheadConfig().getMaxConcurrentCalls();
            return new End<>(new Failed<>(new Failure.BulkheadFull(call.upstream(), limit)));
        }

        @Override
        Action leave(End<T> end, long now) {
            abandon();
            return end;
        }

        @Override
        void abandon() {
            // Out of the line first: a permit may come until then.
            boolean waited = state == State.WAITS && stage.giveUp(this);
            boolean held = !waited && state == State.HOLDS;
            // Before the permit goes on, since the next call's waker is foreign code: it must not go on twice.
            state = State.OUTSIDE;
            if (held) {
                stage.release();
            }
        }
    }
}

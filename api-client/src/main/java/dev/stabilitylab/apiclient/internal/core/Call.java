package dev.stabilitylab.apiclient.internal.core;

import dev.stabilitylab.apiclient.Failure;
import dev.stabilitylab.apiclient.FailureKind;
import dev.stabilitylab.apiclient.Outcome.Failed;
import dev.stabilitylab.apiclient.internal.core.Action.End;
import dev.stabilitylab.apiclient.internal.core.Action.Send;
import dev.stabilitylab.apiclient.internal.core.Action.Wait;
import dev.stabilitylab.apiclient.internal.core.Stage.Pass;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One call as a state machine. It walks through the policies, inwards until the attempt is sent and outwards with what came of it; a
 * policy may turn it back, make it wait, or send it in again. The driver carries out each {@link Action} and comes back with the event that
 * ends it: {@link #replied} after {@link Send}, {@link #woken} after {@link Wait}, {@link #cancelled} after either. Used by one thread at a
 * time. A call that does not get to its {@link End} must be {@linkplain #abandon() abandoned}.
 */
public final class Call<T> {

    private final Pipeline pipeline;
    private final CallFacts<T> facts;
    private final Telemetry telemetry;
    private final long startedAt;
    private final long ownDeadline;
    private final Pass<T>[] passes;
    private int depth;
    private long waitingUntil;
    private boolean goesInAgain;
    private @Nullable FailureKind retryCause;

    Call(Pipeline pipeline, CallFacts<T> facts, Telemetry telemetry, long now) {
        this.pipeline = pipeline;
        this.facts = facts;
        this.telemetry = telemetry;
        this.startedAt = now;
        this.ownDeadline = now + pipeline.policy().deadline().toNanos();
        this.passes = pipeline.begin(this, now);
    }

    // docs:begin walk
    /** The first action. */
    public Action start(long now) {
        return inwards(now);
    }

    /** The attempt has ended. */
    public Action replied(Reply reply, long now) {
        return outwards(((AttemptStage.AttemptPass<T>) passes[depth]).ended(reply, now), now);
    }

    /** The wait is over. Coming too early does no harm. */
    public Action woken(long now) {
        if (!goesInAgain) {
            return inwards(now);
        }
        if (now - waitingUntil < 0) {
            return new Wait(waitingUntil);
        }
        goesInAgain = false;
        depth++;
        return inwards(now);
    }

    private Action inwards(long now) {
        while (true) {
            Action action = passes[depth].enter(now);
            if (action == null) {
                depth++;
            } else if (action instanceof End<?> end) {
                if (end.outcome() instanceof Failed<?> failed) {
                    telemetry.refused(failed.failure());
                }
                depth--;
                return outwards(ended(action), now);
            } else {
                return action;
            }
        }
    }

    private Action outwards(End<T> end, long now) {
        End<T> last = end;
        while (depth >= 0) {
            Action action = passes[depth].leave(last, now);
            if (action instanceof Wait wait) {
                waitingUntil = wait.until();
                goesInAgain = true;
                return woken(now);
            }
            last = ended(action);
            depth--;
        }
        return last;
    }
    // docs:end walk

    /** The call is given up by whoever made it, while it waits. */
    public End<T> cancelled(long now) {
        passes[depth].abandon();
        depth--;
        goesInAgain = false;
        return ended(outwards(new End<>(new Failed<>(new Failure.Cancelled(upstream()))), now));
    }

    /** The call will not go on: an {@link Error} came in between. Gives back whatever it holds. */
    public void abandon() {
        for (; depth >= 0; depth--) {
            passes[depth].abandon();
        }
    }

    @SuppressWarnings("unchecked") // A call's passes end it with its own type only.
    private End<T> ended(Action action) {
        return (End<T>) action;
    }

    String upstream() {
        return pipeline.upstream();
    }

    CallFacts<T> facts() {
        return facts;
    }

    Telemetry telemetry() {
        return telemetry;
    }

    long startedAt() {
        return startedAt;
    }

    /** Until when the call may take by its own policy. */
    long ownDeadline() {
        return ownDeadline;
    }

    /** Until when the call may take: by its own policy, or by its caller's deadline where that is earlier. */
    long deadline() {
        return facts.callerDeadline() == CallFacts.NO_DEADLINE || facts.callerDeadline() - ownDeadline > 0
                ? ownDeadline
                : facts.callerDeadline();
    }

    /** Whether the caller's deadline comes before that time. */
    boolean isCutShortBefore(long time) {
        return facts.callerDeadline() != CallFacts.NO_DEADLINE && facts.callerDeadline() - time < 0;
    }

    Failure.DeadlineExceeded deadlineExceeded() {
        return new Failure.DeadlineExceeded(upstream(), Duration.ofNanos(Math.max(0, deadline() - startedAt)));
    }

    /** Why the next attempt is a retry. */
    void retriesAfter(FailureKind cause) {
        retryCause = cause;
    }

    void attemptBegins(long now) {
        if (retryCause != null) {
            telemetry.retried(Objects.requireNonNull(retryCause));
            retryCause = null;
        }
        telemetry.attempting(pipeline.breaker(), deadline() - now);
    }
}

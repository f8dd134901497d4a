package dev.stabilitylab.faultinjector.http;

import dev.stabilitylab.faultinjector.http.Effect.End;
import dev.stabilitylab.faultinjector.http.HttpToxic.Hit;
import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * One message that is hit, on its way: first it may have to wait, then its head passes, and then as much of its body as the faults
 * allow, the way they want it.
 */
final class FaultyMessage {

    /** How far it is. */
    enum Progress {
        UNDER_WAY,
        DONE,
        /** The body's end cannot be found any more. */
        BROKEN,
        /** The connection ends here. */
        CUT
    }

    private final List<Hit> hits;
    private final MessageHead head;
    private final boolean last;
    private final BodyFramer body = new BodyFramer();
    private boolean started;
    private boolean skipping;

    /**
     * Nothing of it has passed.
     *
     * @param last whether the connection ends with it
     */
    FaultyMessage(List<Hit> hits, MessageHead head, boolean last) {
        this.hits = hits;
        this.head = head;
        this.last = last;
    }

    List<Hit> hits() {
        return hits;
    }

    MessageHead head() {
        return head;
    }

    boolean isLast() {
        return last;
    }

    boolean isStarted() {
        return started;
    }

    /** Whether the other side has got all that was meant for it, and only bytes are to come that nobody gets. */
    boolean isSkipping() {
        return skipping;
    }

    /** Makes the head what it is to be; it passes now. */
    void start(long nowNanos) {
        started = true;
        for (Hit hit : hits) {
            if (hit.isActive()) {
                hit.effect().start(head, nowNanos);
                hit.slot().mark(head);
            }
        }
        body.start(head.framing());
    }

    /** Goes over bytes of the body, and returns the index behind them: where it began if nothing may pass now. */
    int advance(ByteBuf in, int at, int to) {
        if (skipping) {
            return body.advance(in, at, to, Long.MAX_VALUE);
        }
        int next = body.advance(in, at, to, allowance());
        if (next > at && body.wasContent()) {
            for (Hit hit : hits) {
                if (hit.isActive()) {
                    hit.effect().pass(in, at, next);
                }
            }
        }
        return next;
    }

    private long allowance() {
        long least = Long.MAX_VALUE;
        for (Hit hit : hits) {
            if (hit.isActive()) {
                least = Math.min(least, hit.effect().allowance());
            }
        }
        return least;
    }

    /** How far it is behind what has been gone over; when that was a body of ours, the one that it replaces comes next. */
    Progress progress() {
        if (!skipping && end() != End.NONE) {
            return Progress.CUT;
        }
        if (body.isBroken()) {
            return Progress.BROKEN;
        }
        if (body.isDone() && !skipping && head.replacedFraming() != 0) {
            skipping = true;
            body.start(head.replacedFraming());
        }
        return body.isDone() ? Progress.DONE : Progress.UNDER_WAY;
    }

    /** How the connection ends here, if it does. */
    End end() {
        for (Hit hit : hits) {
            if (hit.isActive() && hit.effect().end() != End.NONE) {
                return hit.effect().end();
            }
        }
        return End.NONE;
    }
}

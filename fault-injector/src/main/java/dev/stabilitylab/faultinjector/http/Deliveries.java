package dev.stabilitylab.faultinjector.http;

import dev.stabilitylab.faultinjector.http.Backlog.Chunk;
import dev.stabilitylab.faultinjector.http.Plan.Hit;
import io.netty.buffer.ByteBuf;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Carries out one delivery after the other: holds it, sends its head, and lets pass of its body what may pass. */
final class Deliveries {

    /** How far the delivery is. */
    enum Progress {
        UNDER_WAY,
        DONE,
        /** The body's end cannot be found any more. */
        BROKEN,
        /** The connection is to end here. */
        CUT
    }

    private final Pause pause;
    private final Backlog backlog;
    private final LongSupplier nanoTime;
    private final Consumer<ByteBuf> out;
    private final BodyFramer body = new BodyFramer();
    private @Nullable Delivery current;
    private boolean started;
    private boolean replaced;

    /** Nothing to deliver yet; heads go to {@code out}. */
    Deliveries(Pause pause, Backlog backlog, LongSupplier nanoTime, Consumer<ByteBuf> out) {
        this.pause = pause;
        this.backlog = backlog;
        this.nanoTime = nanoTime;
        this.out = out;
    }

    /** Takes a delivery, whose latency counts from that time on. */
    void begin(Delivery next, long sinceNanos) {
        current = next;
        started = false;
        replaced = false;
        Hit<LatencyFault> latency = next.latency();
        if (latency != null) {
            long delay = TimeUnit.MILLISECONDS.toNanos(latency.fault().delayMillis(latency.random()));
            latency.slot().delays(delay);
            pause.begin(sinceNanos + delay - nanoTime.getAsLong(), latency.slot());
        }
    }

    /** Whether there is a delivery whose head has not been sent yet. */
    boolean isToStart() {
        return current != null && !started;
    }

    /** The delivery that is done, or broken off; there is none any more. */
    Delivery finish() {
        Delivery done = Objects.requireNonNull(current);
        current = null;
        return done;
    }

    /** Sends the head. A body of our own is put where the upstream's would come from. */
    Progress start() {
        Delivery delivery = Objects.requireNonNull(current);
        started = true;
        long now = nanoTime.getAsLong();
        out.accept(delivery.start(now));
        ByteBuf own = delivery.ownBody();
        if (own != null && own.isReadable()) {
            backlog.addFirst(new Chunk(own, now));
        }
        body.start(delivery.framing());
        return progress(delivery);
    }

    /** Goes over bytes of the body, and returns the index behind them; where it has to wait, that is where it began. */
    int advance(ByteBuf in, int at, int to, Portion portion) {
        Delivery delivery = Objects.requireNonNull(current);
        if (replaced) {
            int next = body.advance(in, at, to, Long.MAX_VALUE);
            portion.drop(next);
            return next;
        }
        int next = body.advance(in, at, to, delivery.budget());
        if (next == at) {
            awaitNextDrop(delivery);
        } else if (body.wasContent()) {
            delivery.pass(in, at, next);
        }
        portion.pass(next);
        return next;
    }

    private void awaitNextDrop(Delivery delivery) {
        Hit<DripFault> drip = delivery.drip();
        if (drip != null) {
            pause.begin(delivery.refill(drip.fault(), nanoTime.getAsLong()), drip.slot());
        }
    }

    Progress progress() {
        return progress(Objects.requireNonNull(current));
    }

    private Progress progress(Delivery delivery) {
        if (!replaced && delivery.cut() != null) {
            return Progress.CUT;
        }
        if (body.isBroken()) {
            return Progress.BROKEN;
        }
        if (body.isDone() && !replaced && delivery.replacedFraming() != 0) {
            replaced = true;
            body.start(delivery.replacedFraming());
        }
        return body.isDone() ? Progress.DONE : Progress.UNDER_WAY;
    }

    /** Whether the client has got all that was meant for it, and only bytes that nobody gets are still to come. */
    boolean isReplaced() {
        return replaced;
    }
}

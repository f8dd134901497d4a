package dev.stabilitylab.faultinjector.toxic;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.concurrent.Future;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets bytes pass at a {@link Shaper}, in the order in which they came, and behind them the end, or the {@link Signal} that is one. Holds
 * as many bytes as the shaper has capacity for, less when all connections together hold {@link BufferedBytes much}, and the chunk that goes
 * over it; then the sender waits.
 */
public final class ShapingHandler extends ToxicHandler {

    private final Shaper shaper;
    private final LongSupplier clock;
    private final Queue<Held> queue = new ArrayDeque<>();
    private long heldBytes;
    /** Who comes behind this takes more; what is due waits for that. */
    private boolean demanded = true;

    private boolean unmetDemand;
    /** The connection is over with what waits, or has been already. */
    private boolean lastCame;

    private boolean passing;
    private @Nullable Future<?> timer;

    /** Holds nothing yet. */
    public ShapingHandler(Shaper shaper, LongSupplier clock) {
        this.shaper = shaper;
        this.clock = clock;
    }

    /** What waits there waits here from now on, each chunk since it came. */
    @Override
    public void succeed(ToxicHandler predecessor) {
        if (predecessor instanceof ShapingHandler paced) {
            paced.queue.forEach(held -> held.chosen = false);
            queue.addAll(paced.queue);
            paced.queue.clear();
            heldBytes = paced.heldBytes;
            paced.heldBytes = 0;
            demanded = paced.demanded;
            unmetDemand = paced.unmetDemand;
            paced.unmetDemand = false;
            lastCame = paced.lastCame;
            shaper.takeOver(clock.getAsLong());
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        passWhatIsDue(ctx);
        meetDemand(ctx);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf chunk = (ByteBuf) message;
        if (lastCame) {
            chunk.release();
            return;
        }
        count(BufferedBytes.cost(chunk));
        hold(ctx, new Held(chunk, null, clock.getAsLong()));
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event != ChannelInputShutdownEvent.INSTANCE && !(event instanceof Signal)) {
            ctx.fireUserEventTriggered(event);
        } else if (!lastCame) {
            lastCame = event instanceof Signal signal && signal.isLast();
            hold(ctx, new Held(Unpooled.EMPTY_BUFFER, event, clock.getAsLong()));
        }
    }

    private void count(long cost) {
        heldBytes += cost;
        BufferedBytes.ALL.add(cost);
    }

    private void hold(ChannelHandlerContext ctx, Held held) {
        queue.add(held);
        if (queue.size() == 1) {
            passWhatIsDue(ctx);
        }
    }

    @Override
    public void read(ChannelHandlerContext ctx) {
        demanded = true;
        if (!lastCame && BufferedBytes.ALL.hasRoom(heldBytes, shaper.capacity())) {
            ctx.read();
        } else {
            unmetDemand = true;
        }
        passWhatIsDue(ctx);
    }

    private void passWhatIsDue(ChannelHandlerContext ctx) {
        if (passing || timer != null) {
            return;
        }
        passing = true;
        while (mayPassNext(ctx)) {
            pass(ctx, queue.element());
        }
        passing = false;
    }

    private boolean mayPassNext(ChannelHandlerContext ctx) {
        Held first = queue.peek();
        if (first == null || ctx.isRemoved() || !(demanded || first.end != null)) {
            return false;
        }
        choosePiece(first);
        long wait = first.due - clock.getAsLong();
        if (first.due != Shaper.FOREVER && wait > 0) {
            Runnable resume = () -> {
                timer = null;
                passWhatIsDue(ctx);
            };
            timer = ctx.executor().schedule(resume, wait, TimeUnit.NANOSECONDS);
        }
        return first.due != Shaper.FOREVER && wait <= 0;
    }

    /** The shaper is asked once for each piece. */
    private void choosePiece(Held held) {
        if (!held.chosen) {
            held.chosen = true;
            held.piece = held.end == null ? shaper.piece(held.bytes.readableBytes()) : 0;
            held.due = held.end == null ? shaper.due(held.piece, held.arrival) : shaper.endDue(held.arrival);
        }
    }

    private void pass(ChannelHandlerContext ctx, Held first) {
        boolean last = first.piece == first.bytes.readableBytes();
        if (last) {
            queue.remove();
        }
        if (first.end != null) {
            ctx.fireUserEventTriggered(first.end);
            return;
        }
        demanded = false;
        first.chosen = false;
        count(last ? -BufferedBytes.cost(first.bytes) : -first.piece);
        meter().delayed(clock.getAsLong() - first.arrival);
        ctx.fireChannelRead(last ? first.bytes : first.bytes.readRetainedSlice(first.piece));
        // Each piece is flushed by itself, or else the next one would travel with it.
        ctx.fireChannelReadComplete();
        meetDemand(ctx);
    }

    private void meetDemand(ChannelHandlerContext ctx) {
        if (unmetDemand && !lastCame && BufferedBytes.ALL.hasRoom(heldBytes, shaper.capacity())) {
            unmetDemand = false;
            ctx.read();
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (timer != null) {
            timer.cancel(false);
        }
        boolean open = ctx.channel().isActive();
        for (Held held = queue.poll(); held != null; held = queue.poll()) {
            if (!open) {
                held.bytes.release();
            } else if (held.end != null) {
                ctx.fireUserEventTriggered(held.end);
            } else {
                ctx.fireChannelRead(held.bytes);
            }
        }
        count(-heldBytes);
        if (open) {
            ctx.fireChannelReadComplete();
            meetDemand(ctx);
        }
    }

    /** What waits in one place of the queue: bytes, which pass in pieces, or an end. */
    private static final class Held {

        /** What has not passed yet; none for an end. */
        private final ByteBuf bytes;
        /** The event that marks the end of the direction, or of the connection; null for bytes. */
        private final @Nullable Object end;

        private final long arrival;
        /** Whether the next piece is known: how many bytes it has, and when it may pass. */
        private boolean chosen;

        private int piece;
        private long due;

        Held(ByteBuf bytes, @Nullable Object end, long arrival) {
            this.bytes = bytes;
            this.end = end;
            this.arrival = arrival;
        }
    }
}

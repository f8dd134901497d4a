package dev.stabilitylab.faultinjector.toxic;

import io.netty.buffer.ByteBuf;
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
    private final Queue<QueuedChunk> queue = new ArrayDeque<>();
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
            paced.queue.forEach(held -> queue.add(held.afresh()));
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
        hold(ctx, QueuedChunk.bytes(chunk, clock.getAsLong()));
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event != ChannelInputShutdownEvent.INSTANCE && !(event instanceof Signal)) {
            ctx.fireUserEventTriggered(event);
        } else if (!lastCame) {
            lastCame = event instanceof Signal signal && signal.isLast();
            hold(ctx, QueuedChunk.end(event, clock.getAsLong()));
        }
    }

    private void count(long cost) {
        heldBytes += cost;
        BufferedBytes.ALL.add(cost);
    }

    private void hold(ChannelHandlerContext ctx, QueuedChunk held) {
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
        QueuedChunk first = queue.peek();
        if (first == null || ctx.isRemoved() || !(demanded || first.end() != null)) {
            return false;
        }
        long due = first.nextDue(shaper);
        long wait = due - clock.getAsLong();
        if (due != Shaper.FOREVER && wait > 0) {
            timer = ctx.executor().schedule(() -> timeIsOver(ctx), wait, TimeUnit.NANOSECONDS);
        }
        return due != Shaper.FOREVER && wait <= 0;
    }

    private void timeIsOver(ChannelHandlerContext ctx) {
        timer = null;
        passWhatIsDue(ctx);
    }

    private void pass(ChannelHandlerContext ctx, QueuedChunk first) {
        if (first.isAtItsLastPiece()) {
            queue.remove();
        }
        Object end = first.end();
        if (end != null) {
            ctx.fireUserEventTriggered(end);
            return;
        }
        demanded = false;
        count(-first.pieceCost());
        meter().delayed(clock.getAsLong() - first.arrival());
        ctx.fireChannelRead(first.takePiece());
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
        for (QueuedChunk held = queue.poll(); held != null; held = queue.poll()) {
            Object end = held.end();
            if (!open) {
                held.release();
            } else if (end != null) {
                ctx.fireUserEventTriggered(end);
            } else {
                ctx.fireChannelRead(held.takeRest());
            }
        }
        count(-heldBytes);
        if (open) {
            ctx.fireChannelReadComplete();
            meetDemand(ctx);
        }
    }
}

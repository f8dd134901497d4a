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
 * Lets bytes pass at a {@link Pace}, in the order in which they came, and the end behind them. Holds as many bytes as the pace has
 * capacity for, less when all connections together hold {@link HeldBytes much}, and the chunk that goes over it; then the sender waits.
 */
final class PacedHandler extends ToxicHandler {

    /** The most bytes that may wait in one direction of one connection. */
    static final int MAX_CAPACITY = 4 * 1024 * 1024;

    private final Pace pace;
    private final LongSupplier clock;
    private final Queue<Held> queue = new ArrayDeque<>();
    private int heldBytes;
    private boolean unmetDemand;
    private @Nullable Future<?> timer;

    PacedHandler(Pace pace, LongSupplier clock) {
        this.pace = pace;
        this.clock = clock;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf chunk = (ByteBuf) message;
        heldBytes += chunk.readableBytes();
        HeldBytes.ALL.add(chunk.readableBytes());
        hold(ctx, new Held(chunk, false, clock.getAsLong()));
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            hold(ctx, new Held(Unpooled.EMPTY_BUFFER, true, clock.getAsLong()));
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }

    private void hold(ChannelHandlerContext ctx, Held held) {
        queue.add(held);
        if (queue.size() == 1) {
            passWhatIsDue(ctx);
        }
    }

    @Override
    public void read(ChannelHandlerContext ctx) {
        if (HeldBytes.ALL.hasRoom(heldBytes, pace.capacity())) {
            ctx.read();
        } else {
            unmetDemand = true;
        }
    }

    private void passWhatIsDue(ChannelHandlerContext ctx) {
        for (Held first = queue.peek(); first != null && !ctx.isRemoved(); first = queue.peek()) {
            first.choosePiece(pace);
            if (first.due == Pace.FOREVER) {
                return;
            }
            long wait = first.due - clock.getAsLong();
            if (wait > 0) {
                timer = ctx.executor().schedule(() -> passWhatIsDue(ctx), wait, TimeUnit.NANOSECONDS);
                return;
            }
            pass(ctx, first);
        }
    }

    private void pass(ChannelHandlerContext ctx, Held first) {
        if (first.isUsedUp()) {
            queue.remove();
        }
        if (first.isEnd) {
            ctx.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        } else {
            heldBytes -= first.piece;
            HeldBytes.ALL.remove(first.piece);
            countDelay(clock.getAsLong() - first.arrival);
            ctx.fireChannelRead(first.takePiece());
            // Each piece is flushed by itself, or else the next one would travel with it.
            ctx.fireChannelReadComplete();
        }
        meetDemand(ctx);
    }

    private void meetDemand(ChannelHandlerContext ctx) {
        if (unmetDemand && HeldBytes.ALL.hasRoom(heldBytes, pace.capacity())) {
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
                held.chunk.release();
            } else if (held.isEnd) {
                ctx.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
            } else {
                ctx.fireChannelRead(held.chunk);
            }
        }
        HeldBytes.ALL.remove(heldBytes);
        heldBytes = 0;
        if (open) {
            ctx.fireChannelReadComplete();
            meetDemand(ctx);
        }
    }

    private static final class Held {
        private final ByteBuf chunk;
        private final boolean isEnd;
        private final long arrival;
        /** 0 while the next piece has not been chosen. */
        private int piece;

        private long due;
        private boolean chosen;

        Held(ByteBuf chunk, boolean isEnd, long arrival) {
            this.chunk = chunk;
            this.isEnd = isEnd;
            this.arrival = arrival;
        }

        void choosePiece(Pace pace) {
            if (!chosen) {
                chosen = true;
                piece = isEnd ? 0 : pace.piece(chunk.readableBytes());
                due = isEnd ? pace.endDue(arrival) : pace.due(piece, arrival);
            }
        }

        boolean isUsedUp() {
            return piece == chunk.readableBytes();
        }

        ByteBuf takePiece() {
            chosen = false;
            return isUsedUp() ? chunk : chunk.readRetainedSlice(piece);
        }
    }
}

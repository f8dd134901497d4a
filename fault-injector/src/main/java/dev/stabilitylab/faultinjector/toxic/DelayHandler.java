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
 * Holds every chunk for a while, and releases them in the order in which they came. Holds {@value #MAX_HELD_BYTES} bytes at most
 * (and the chunk that goes over it); then the sender waits.
 */
final class DelayHandler extends ToxicHandler {

    static final int MAX_HELD_BYTES = 4 * 1024 * 1024;

    private final LongSupplier delayMillis;
    private final Queue<Held> queue = new ArrayDeque<>();
    private int heldBytes;
    private boolean unmetDemand;
    private boolean ended;

    DelayHandler(LongSupplier delayMillis) {
        this.delayMillis = delayMillis;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        Held held = new Held((ByteBuf) message, System.nanoTime());
        queue.add(held);
        heldBytes += held.size;
        HeldBytes.ALL.add(held.size);
        held.timer = ctx.executor()
                .schedule(
                        () -> {
                            held.due = true;
                            releaseDue(ctx);
                        },
                        delayMillis.getAsLong(),
                        TimeUnit.MILLISECONDS);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE && !queue.isEmpty()) {
            ended = true;
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }

    @Override
    public void read(ChannelHandlerContext ctx) {
        if (HeldBytes.ALL.hasRoom(heldBytes, MAX_HELD_BYTES)) {
            ctx.read();
        } else {
            unmetDemand = true;
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        boolean open = ctx.channel().isActive();
        for (Held held : queue) {
            held.due = true;
            if (held.timer != null) {
                held.timer.cancel(false);
            }
            if (!open) {
                held.chunk.release();
                HeldBytes.ALL.remove(held.size);
            }
        }
        if (open) {
            releaseDue(ctx);
        }
    }

    private void releaseDue(ChannelHandlerContext ctx) {
        Held first = queue.peek();
        while (first != null && first.due) {
            queue.remove();
            heldBytes -= first.size;
            HeldBytes.ALL.remove(first.size);
            countDelay(System.nanoTime() - first.arrival);
            ctx.fireChannelRead(first.chunk);
            first = queue.peek();
        }
        ctx.fireChannelReadComplete();
        if (ended && queue.isEmpty()) {
            ended = false;
            ctx.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        }
        if (unmetDemand && HeldBytes.ALL.hasRoom(heldBytes, MAX_HELD_BYTES)) {
            unmetDemand = false;
            ctx.read();
        }
    }

    private static final class Held {
        private final ByteBuf chunk;
        private final int size;
        private final long arrival;
        private boolean due;
        private @Nullable Future<?> timer;

        Held(ByteBuf chunk, long arrival) {
            this.chunk = chunk;
            this.arrival = arrival;
            this.size = chunk.readableBytes();
        }
    }
}

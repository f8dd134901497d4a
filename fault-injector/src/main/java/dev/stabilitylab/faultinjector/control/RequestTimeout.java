package dev.stabilitylab.faultinjector.control;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Closes a connection whose request is not there as a whole, and answered, so long after its first byte. */
final class RequestTimeout extends ChannelDuplexHandler {

    private static final int SECONDS = 15;

    private @Nullable Future<?> timer;

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (timer == null && ((ByteBuf) message).isReadable()) {
            timer = ctx.executor().schedule(() -> close(ctx), SECONDS, TimeUnit.SECONDS);
        }
        ctx.fireChannelRead(message);
    }

    private static void close(ChannelHandlerContext ctx) {
        ctx.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        cancel();
        ChannelFuture unused = ctx.write(message, promise);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        cancel();
        ctx.fireChannelInactive();
    }

    private void cancel() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }
}

package dev.stabilitylab.faultinjector.toxic;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lets nothing through: reads and drops. The end of the direction is withheld too, whatever made it, or else an upstream that closes
 * after its answer would give the fault away.
 */
public class SilentHandler extends ToxicHandler {

    private @Nullable Future<?> timer;
    private boolean dropped;

    /** Gives a signal after a while; to be called once at most. */
    protected final void signalAfter(ChannelHandlerContext ctx, long millis, Signal signal) {
        timer = ctx.executor().schedule(() -> ctx.fireUserEventTriggered(signal), millis, TimeUnit.MILLISECONDS);
    }

    /** Whether bytes are missing, so that the stream cannot go on as if nothing had happened. */
    protected final boolean hasDropped() {
        return dropped;
    }

    /** Called when the first bytes, or the end, have been dropped. */
    protected void firstDropped(ChannelHandlerContext ctx) {}

    @Override
    public void succeed(ToxicHandler predecessor) {
        dropped = ((SilentHandler) predecessor).dropped;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ReferenceCountUtil.release(message);
        drop(ctx);
    }

    private void drop(ChannelHandlerContext ctx) {
        if (!dropped) {
            dropped = true;
            firstDropped(ctx);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        // Nobody behind this handler sees a byte, so nobody else would ask for more.
        ctx.read();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE || (event instanceof Signal signal && signal.isLast())) {
            drop(ctx);
            ctx.fireUserEventTriggered(Signal.END_WITHHELD);
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (timer != null) {
            timer.cancel(false);
        }
    }
}

package dev.stabilitylab.faultinjector.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelOutputShutdownEvent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The beginning of a channel's pipeline. Keeps what comes before there is somewhere to pass it on to. Nothing should come, since nobody
 * asks for it, but the native transport reads all that is there once the other side has ended, asked or not. That is as much as the
 * operating system had room for. Once it is open, it counts what is read, before toxics get to see it.
 */
final class Gate extends ChannelInboundHandlerAdapter {

    private static final Logger log = LoggerFactory.getLogger(Gate.class);

    /** Chunks, and the end. */
    private final Queue<Object> early = new ArrayDeque<>(2);
    /** Null while it is closed. */
    private @Nullable StreamCounts counts;

    /** From now on everything passes and is counted there; first what was kept. */
    static void open(ChannelPipeline pipeline, StreamCounts counts) {
        Gate gate = pipeline.get(Gate.class);
        // The pipeline of a closed channel is empty.
        if (gate != null) {
            gate.counts = counts;
            gate.passEarly(pipeline.context(gate));
        }
    }

    private void passEarly(ChannelHandlerContext ctx) {
        boolean active = ctx.channel().isActive();
        for (Object one = early.poll(); one != null; one = early.poll()) {
            if (!active) {
                ReferenceCountUtil.release(one);
            } else if (one == ChannelInputShutdownEvent.INSTANCE) {
                userEventTriggered(ctx, one);
            } else {
                channelRead(ctx, one);
                ctx.fireChannelReadComplete();
            }
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (counts == null) {
            early.add(message);
        } else {
            counts.received.add(((ByteBuf) message).readableBytes());
            ctx.fireChannelRead(message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        // While it is closed, nobody behind this handler has seen a byte.
        if (counts != null) {
            ctx.fireChannelReadComplete();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (counts == null && event == ChannelInputShutdownEvent.INSTANCE) {
            early.add(event);
            return;
        }
        boolean end = event == ChannelInputShutdownEvent.INSTANCE || event == ChannelOutputShutdownEvent.INSTANCE;
        // What has been read may still be on its way to the other side, for as long as toxics or a slow reader want.
        // Until the
        // channel is closed, the native transport would wake up for its end again and again; so off the event loop with
        // it.
        if (end
                && ctx.channel() instanceof EpollSocketChannel channel
                && channel.isInputShutdown()
                && channel.isOutputShutdown()) {
            channel.deregister().addListener(done -> {});
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (counts == null) {
            log.debug("Connection {} broke before it led anywhere", ctx.channel(), cause);
            ctx.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
        } else {
            ctx.fireExceptionCaught(cause);
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        early.forEach(ReferenceCountUtil::release);
        early.clear();
    }
}

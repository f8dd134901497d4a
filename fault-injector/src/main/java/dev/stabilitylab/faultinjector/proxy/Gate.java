package dev.stabilitylab.faultinjector.proxy;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Queue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what comes before there is somewhere to pass it on to. Nothing should come, since nobody asks for it, but the native transport
 * reads all that is there once the other side has ended, asked or not. That is as much as the operating system had room for.
 */
final class Gate extends ChannelInboundHandlerAdapter {

    private static final Logger log = LoggerFactory.getLogger(Gate.class);

    /** Chunks, and the end. */
    private final Queue<Object> early = new ArrayDeque<>();

    /** Takes the gate out of the pipeline, and lets everything that it kept go on. */
    static void open(ChannelPipeline pipeline) {
        // The pipeline of a closed channel is empty.
        if (pipeline.get(Gate.class) != null) {
            pipeline.remove(Gate.class);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        early.add(message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        // Nobody behind this handler has seen a byte.
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            early.add(event);
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }

    /** One side has reset the connection before the other one is there. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        log.debug("Connection {} broke before it led anywhere", ctx.channel(), cause);
        ctx.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        boolean open = ctx.channel().isActive();
        for (Object one = early.poll(); one != null; one = early.poll()) {
            if (!open) {
                ReferenceCountUtil.release(one);
            } else if (one == ChannelInputShutdownEvent.INSTANCE) {
                ctx.fireUserEventTriggered(one);
            } else {
                ctx.fireChannelRead(one);
                ctx.fireChannelReadComplete();
            }
        }
    }
}

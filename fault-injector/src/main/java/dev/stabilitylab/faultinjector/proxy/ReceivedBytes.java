package dev.stabilitylab.faultinjector.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** The beginning of a channel's pipeline: counts what is read, before toxics get to see it. */
final class ReceivedBytes extends ChannelInboundHandlerAdapter {

    private final Traffic traffic;

    ReceivedBytes(Traffic traffic) {
        this.traffic = traffic;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        traffic.addReceived(((ByteBuf) message).readableBytes());
        ctx.fireChannelRead(message);
    }
}

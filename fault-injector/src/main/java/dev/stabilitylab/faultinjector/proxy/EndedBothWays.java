package dev.stabilitylab.faultinjector.proxy;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelOutputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;

/**
 * Takes a channel off its event loop when both its directions have ended. What has been read of it may still be on its way to the other
 * side, for as long as toxics or a slow reader want, and until the channel is closed the native transport would wake up for its end
 * again and again.
 */
@Sharable
final class EndedBothWays extends ChannelInboundHandlerAdapter {

    static final EndedBothWays HANDLER = new EndedBothWays();

    private EndedBothWays() {}

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        boolean end = event == ChannelInputShutdownEvent.INSTANCE || event == ChannelOutputShutdownEvent.INSTANCE;
        if (end && ctx.channel() instanceof EpollSocketChannel channel && hasEnded(channel)) {
            channel.deregister().addListener(done -> {});
        }
        ctx.fireUserEventTriggered(event);
    }

    private static boolean hasEnded(DuplexChannel channel) {
        return channel.isInputShutdown() && channel.isOutputShutdown();
    }
}

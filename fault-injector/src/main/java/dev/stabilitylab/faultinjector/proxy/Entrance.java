package dev.stabilitylab.faultinjector.proxy;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.SocketChannel;
import java.util.function.Consumer;

/**
 * Lets clients in, one after the other, as long as there are not too many. Then nobody is accepted until one has left, and who comes
 * meanwhile waits in the operating system's queue. Confined to the acceptor's thread.
 */
final class Entrance extends ChannelInboundHandlerAdapter {

    private final Consumer<SocketChannel> guests;
    private long limit;
    private long open;

    /**
     * Lets in whom the channel accepts.
     *
     * @param limit how many may be in
     * @param guests told of each client that is let in, in their order
     */
    Entrance(long limit, Consumer<SocketChannel> guests) {
        this.limit = limit;
        this.guests = guests;
    }

    /** From now on so many may be in. Those who are in already stay. */
    void limit(Channel server, long other) {
        limit = other;
        openOrClose(server);
    }

    private void openOrClose(Channel server) {
        server.config().setAutoRead(open < limit);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        openOrClose(ctx.channel());
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object accepted) {
        SocketChannel client = (SocketChannel) accepted;
        open++;
        openOrClose(ctx.channel());
        guests.accept(client);
        ctx.fireChannelRead(client);
    }

    /** One has left, and is counted nowhere any more. May be called from any thread. */
    void left(Channel server) {
        server.eventLoop().execute(() -> {
            open--;
            openOrClose(server);
        });
    }
}

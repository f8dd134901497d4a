package dev.stabilitylab.faultinjector;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A server that sends very much on every connection, as fast as it is read; a thread for all of them. */
final class EndlessUpstream implements AutoCloseable {

    private static final int CHUNK = 64 * 1024;

    private final EventLoopGroup loop = new NioEventLoopGroup(1);
    private final ByteBuf chunk =
            Unpooled.unreleasableBuffer(Unpooled.directBuffer(CHUNK).writeZero(CHUNK));
    private final AtomicLong sent = new AtomicLong();
    private final long limit;
    private final Channel server;

    /** Sends without end. */
    EndlessUpstream() {
        this(Long.MAX_VALUE);
    }

    /** Ends a connection's output behind so many bytes, or a few more. */
    EndlessUpstream(long limit) {
        this.limit = limit;
        server = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 1024)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel client) {
                        client.pipeline().addLast(new Sender());
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .syncUninterruptibly()
                .channel();
    }

    int port() {
        return ((InetSocketAddress) server.localAddress()).getPort();
    }

    /** Bytes that all connections have taken so far. */
    long sent() {
        return sent.get();
    }

    @Override
    public void close() {
        loop.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
        chunk.unwrap().release();
    }

    private final class Sender extends ChannelInboundHandlerAdapter {
        private long sentHere;

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            send(ctx);
        }

        private void send(ChannelHandlerContext ctx) {
            ctx.writeAndFlush(chunk.duplicate()).addListener(done -> {
                if (done.isSuccess()) {
                    sent.addAndGet(CHUNK);
                    sentHere += CHUNK;
                    goOn(ctx);
                }
            });
        }

        private void goOn(ChannelHandlerContext ctx) {
            if (sentHere < limit) {
                // Not from here: what is taken at once would end in a recursion.
                ctx.executor().execute(() -> send(ctx));
            } else {
                ((SocketChannel) ctx.channel()).shutdownOutput().addListener(done -> {});
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close().addListener(closed -> {});
        }
    }
}

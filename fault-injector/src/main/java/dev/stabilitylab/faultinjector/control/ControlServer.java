package dev.stabilitylab.faultinjector.control;

import dev.stabilitylab.faultinjector.proxy.Address;
import dev.stabilitylab.faultinjector.proxy.EventLoops;
import dev.stabilitylab.faultinjector.proxy.Proxies;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.DefaultEventExecutorGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutorGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/** Listens for the control API's requests. */
public final class ControlServer implements AutoCloseable {

    private static final int IDLE_SECONDS = 60;
    private static final long PATIENCE_MILLIS = 1_000;

    /** Changes wait for event loops, so they must not be made on one. A single thread makes them one at a time. */
    private final EventExecutorGroup thread = new DefaultEventExecutorGroup(1, new DefaultThreadFactory("control"));

    private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    private final Channel server;

    /**
     * Starts to listen.
     *
     * @param version what {@code GET /version} answers
     * @throws IOException when it cannot listen there
     */
    public ControlServer(EventLoops loops, Address address, Proxies proxies, String version) throws IOException {
        ControlHandler handler = new ControlHandler(new Endpoints(proxies, version).router());
        InetSocketAddress socketAddress = new InetSocketAddress(address.host(), address.port());
        if (socketAddress.isUnresolved()) {
            close(thread);
            throw new IOException("unknown host");
        }
        ChannelFuture binding = new ServerBootstrap()
                .group(loops.acceptor(), loops.workers())
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel client) {
                        channels.add(client);
                        client.pipeline()
                                .addLast(new IdleStateHandler(0, 0, IDLE_SECONDS))
                                .addLast(new HttpServerCodec())
                                .addLast(new BodyCollector())
                                .addLast(thread, handler);
                    }
                })
                .bind(socketAddress)
                .awaitUninterruptibly();
        if (!binding.isSuccess()) {
            close(thread);
            throw new IOException(binding.cause().getMessage(), binding.cause());
        }
        server = binding.channel();
    }

    /** The port, also when any free one was asked for. */
    public int port() {
        return ((InetSocketAddress) server.localAddress()).getPort();
    }

    /** Returns when no request is being answered any more. */
    @Override
    public void close() {
        server.close().awaitUninterruptibly(PATIENCE_MILLIS);
        channels.close().awaitUninterruptibly(PATIENCE_MILLIS);
        close(thread);
    }

    private static void close(EventExecutorGroup group) {
        group.shutdownGracefully(0, PATIENCE_MILLIS, TimeUnit.MILLISECONDS).awaitUninterruptibly(PATIENCE_MILLIS);
    }
}

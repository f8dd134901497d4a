package dev.stabilitylab.faultinjector.proxy;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Connects to an upstream. When its name has several addresses, they are used in turn, a connection at a time; an address that does
 * not answer gives way to the next.
 */
final class Dialer {

    private final Transport transport;
    private final Address upstream;
    private final Resolver resolver;
    private final long limitMillis;
    private final RoundRobin turns = new RoundRobin();

    /**
     * Connects to nothing yet.
     *
     * @param limitMillis for looking up the name and trying all its addresses
     */
    Dialer(Transport transport, Address upstream, Resolver resolver, long limitMillis) {
        this.transport = transport;
        this.upstream = upstream;
        this.resolver = resolver;
        this.limitMillis = limitMillis;
    }

    /** Connects on that event loop, and to be called on it. To cancel the future is to hang up. The channel comes with a closed {@link Gate}. */
    Future<SocketChannel> dial(EventLoop loop) {
        return new Dial(this, loop, limitMillis).start();
    }

    /** The addresses of the upstream, in no order. */
    CompletableFuture<List<InetAddress>> lookUp() {
        return resolver.resolve(upstream.host());
    }

    /** The order in which the next connection is to try them. */
    List<InetAddress> nextOrder(List<InetAddress> addresses) {
        return turns.next(addresses);
    }

    /** Connects to one of the addresses, on that event loop. */
    ChannelFuture connect(EventLoop loop, InetAddress address, int timeoutMillis) {
        return transport
                .newBootstrap()
                .group(loop)
                .disableResolver()
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .option(ChannelOption.RCVBUF_ALLOCATOR, Relay.CHUNKS)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, timeoutMillis)
                .handler(new Gate())
                .connect(new InetSocketAddress(address, upstream.port()));
    }

    @Override
    public String toString() {
        return upstream.toString();
    }
}

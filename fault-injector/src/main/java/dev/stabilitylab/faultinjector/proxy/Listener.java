package dev.stabilitylab.faultinjector.proxy;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.AttributeKey;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** A listening port with the connections that came through it. */
final class Listener {

    private static final int BACKLOG = 1024;

    private static final AttributeKey<Connection> CONNECTION = AttributeKey.valueOf(Listener.class, "connection");

    private final EventLoops loops;
    private final Entrance entrance;
    private final Channel server;
    private final Address address;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * Starts to listen.
     *
     * @param limit how many connections may be open
     * @param connector is asked once for each client, in the order in which they are accepted
     * @throws RefusedException when that is not possible
     */
    Listener(EventLoops loops, ProxySettings settings, long limit, Function<SocketChannel, Connection> connector) {
        this.loops = loops;
        // On the acceptor's thread, so that a connection's number, and with it its randomness, goes by the order in
        // which clients came.
        this.entrance = new Entrance(limit, client -> client.attr(CONNECTION).set(connector.apply(client)));
        Address address = settings.listen().require(settings.name(), "listen tcp: ");
        ChannelFuture binding = loops.transport()
                .newServerBootstrap()
                .group(loops.acceptor(), loops.workers())
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .handler(entrance)
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(ChannelOption.RCVBUF_ALLOCATOR, Relay.CHUNKS)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel client) {
                        admit(client, client.attr(CONNECTION).get());
                    }
                })
                .bind(new InetSocketAddress(address.host(), address.port()));
        EventLoops.await(binding);
        if (!binding.isSuccess()) {
            throw cannotListen(settings.name(), address, binding.cause());
        }
        server = binding.channel();
        this.address = address.withPort(((InetSocketAddress) server.localAddress()).getPort());
    }

    private static RefusedException cannotListen(String name, Address address, Throwable cause) {
        String reason = String.valueOf(cause.getMessage()).replaceFirst("^bind\\(.*?: ", "");
        return new RefusedException(
                RefusedException.Reason.CANNOT_LISTEN,
                "listen tcp %s: bind: %s".formatted(address, reason.toLowerCase(Locale.ROOT)),
                "%s cannot listen at %s: %s; free the port or choose another".formatted(name, address, reason),
                cause);
    }

    private void admit(SocketChannel client, Connection connection) {
        connections.add(connection);
        client.closeFuture().addListener(done -> {
            connections.remove(connection);
            entrance.left(client.parent());
        });
        // Added before the flag is read: a connection that close() does not see sees that it is late.
        if (closed) {
            connection.reset();
        } else {
            connection.open();
        }
    }

    /** Where it listens: without names, and with the port that was found when any free one was asked for. */
    Address address() {
        return address;
    }

    /** From now on so many connections may be open; those that are stay. Returns before that is in effect. */
    void limit(long other) {
        server.eventLoop().execute(() -> entrance.limit(server, other));
    }

    int connectionCount() {
        return connections.size();
    }

    void forEachConnection(Consumer<Connection> action) {
        connections.forEach(action);
    }

    /** Returns when the port refuses, and every connection is cut with a TCP reset. */
    void close() {
        closed = true;
        EventLoops.await(server.close());
        connections.forEach(Connection::cut);
        loops.settle();
    }
}

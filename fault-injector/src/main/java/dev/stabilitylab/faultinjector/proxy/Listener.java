package dev.stabilitylab.faultinjector.proxy;

import dev.stabilitylab.faultinjector.toxic.AcceptToxic;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.AttributeKey;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A listening port with the connections that came through it. Accepts clients one after the other, as long as there are not more than
 * the toxics allow. Then nobody is accepted until one has left, and who comes meanwhile waits in the operating system's queue.
 */
final class Listener extends ChannelInboundHandlerAdapter {

    private static final int BACKLOG = 1024;

    /** How long an upstream has to answer, with all addresses of its name. */
    private static final long CONNECT_LIMIT_MILLIS = 5_000;

    private static final AttributeKey<Connection> CONNECTION = AttributeKey.valueOf(Listener.class, "connection");

    private final Shared shared;
    private final String proxy;
    private final Toxics toxics;
    private final ProxyCounts counts;
    private final Dialer dialer;
    private final Channel server;
    private final Address address;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;
    /** Says how many connections may be open; confined to the acceptor's thread, as are these. */
    private @Nullable AppliedToxic limit;

    private long open;
    private boolean full;

    /** Starts to listen, or throws a {@link RefusedException} when that is not possible. */
    Listener(Shared shared, ProxySettings settings, Toxics toxics, ProxyCounts counts) {
        this.shared = shared;
        this.proxy = settings.name();
        this.toxics = toxics;
        this.counts = counts;
        this.dialer = new Dialer(settings.upstream(), shared.resolver(), CONNECT_LIMIT_MILLIS);
        this.limit = toxics.strictestLimit().orElse(null);
        Address wanted = settings.listen().require(proxy, "listen tcp: ");
        ChannelFuture binding = shared.loops()
                .newServerBootstrap()
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .handler(this)
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
                .bind(new InetSocketAddress(wanted.host(), wanted.port()));
        EventLoops.await(binding);
        if (!binding.isSuccess()) {
            throw cannotListen(wanted, binding.cause());
        }
        server = binding.channel();
        address = wanted.withPort(((InetSocketAddress) server.localAddress()).getPort());
    }

    private RefusedException cannotListen(Address wanted, Throwable cause) {
        String reason = String.valueOf(cause.getMessage()).replaceFirst("^bind\\(.*?: ", "");
        return new RefusedException(
                RefusedException.Reason.CANNOT_LISTEN,
                "listen tcp %s: bind: %s".formatted(wanted, reason.toLowerCase(Locale.ROOT)),
                "%s cannot listen at %s: %s; free the port or choose another".formatted(proxy, wanted, reason),
                cause);
    }

    private void admit(SocketChannel client, Connection connection) {
        connections.add(connection);
        client.closeFuture().addListener(done -> {
            // First, so that nobody comes in while it is counted somewhere.
            connections.remove(connection);
            client.parent().eventLoop().execute(() -> {
                open--;
                acceptOrWait(client.parent());
            });
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

    int connectionCount() {
        return connections.size();
    }

    /**
     * Returns when all connections, and how many may be open, are in line with the toxics that are in effect now. Those who are in already
     * stay.
     */
    void refreshToxics() {
        server.eventLoop().execute(() -> {
            limit = toxics.strictestLimit().orElse(null);
            acceptOrWait(server);
        });
        connections.forEach(Connection::refreshToxics);
        shared.loops().settle();
    }

    /** Returns when the port refuses, and every connection is cut with a TCP reset; how many there were. */
    int close() {
        int cut = connections.size();
        closed = true;
        EventLoops.await(server.close());
        connections.forEach(Connection::cut);
        shared.loops().settle();
        return cut;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        acceptOrWait(ctx.channel());
    }

    /** The connection gets its number, and with it its randomness, in the order in which clients came. */
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object accepted) {
        SocketChannel client = (SocketChannel) accepted;
        client.attr(CONNECTION).set(new Connection(client, dialer, toxics, counts, shared.seed(), proxy));
        open++;
        acceptOrWait(ctx.channel());
        ctx.fireChannelRead(client);
    }

    /** To stop accepting is a hit of the fault that says so. */
    private void acceptOrWait(Channel channel) {
        AppliedToxic fault = limit;
        boolean wasFull = full;
        full = fault != null && open >= ((AcceptToxic) fault.toxic()).connections();
        if (fault != null && full && !wasFull) {
            counts.stream(fault.direction())
                    .meter(fault, toxics.tally(fault.name()), counts.accepted())
                    .connectionHit();
        }
        channel.config().setAutoRead(!full);
    }
}

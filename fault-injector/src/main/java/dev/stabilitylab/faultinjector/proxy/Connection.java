package dev.stabilitylab.faultinjector.proxy;

import dev.stabilitylab.faultinjector.faults.ToxicTypes;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.Future;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client's connection and the one that was made for it to the upstream. Both channels live on one event loop, and so does everything
 * here that is not said to be callable from elsewhere.
 */
final class Connection {

    private static final Logger log = LoggerFactory.getLogger(Connection.class);

    private final SocketChannel client;
    private final Dialer dialer;
    private final Toxics toxics;
    private final ProxyCounts counts;
    private final long number;
    private final long seed;
    private final Set<Direction> ended = EnumSet.noneOf(Direction.class);
    private List<ToxicChain> chains = List.of();
    private @Nullable Channel upstream;

    /** Takes a client that has been accepted, and counts it. */
    Connection(SocketChannel client, Dialer dialer, Toxics toxics, ProxyCounts counts, long seed, String proxy) {
        this.client = client;
        this.dialer = dialer;
        this.toxics = toxics;
        this.counts = counts;
        this.number = counts.connectionAccepted();
        this.seed = ToxicChain.seed(seed, proxy, number);
    }

    /** Connects to the upstream; from then on bytes flow. When that fails, the client's connection is closed. */
    void open() {
        client.pipeline().addLast(new Gate());
        Future<SocketChannel> dialing = dialer.dial(client.eventLoop());
        client.closeFuture().addListener(gone -> dialing.cancel(false));
        dialing.addListener(done -> {
            if (done.isSuccess()) {
                join(dialing.getNow());
            } else {
                log.debug("No connection to {}", dialer, done.cause());
                if (!done.isCancelled()) {
                    counts.failed.increment();
                }
                close();
            }
        });
    }

    private void join(SocketChannel server) {
        upstream = server;
        server.pipeline().addLast(ToxicTypes.PROTOCOL.newHandler(client));
        chains = List.of(chain(client, Direction.UPSTREAM, server), chain(server, Direction.DOWNSTREAM, client));
        bringToxicsInLine();
        Gate.open(client.pipeline(), counts.stream(Direction.UPSTREAM));
        Gate.open(server.pipeline(), counts.stream(Direction.DOWNSTREAM));
        client.read();
        server.read();
    }

    private ToxicChain chain(SocketChannel source, Direction direction, SocketChannel sink) {
        StreamCounts stream = counts.stream(direction);
        source.pipeline().addLast(Relay.NAME, new Relay(this, direction, sink, stream));
        return new ToxicChain(
                source.pipeline(), direction, seed, toxic -> stream.meter(toxic, toxics.tally(toxic.name()), number));
    }

    /** Makes the toxics of this connection what the proxy's are now. May be called from any thread. */
    void refreshToxics() {
        client.eventLoop().execute(this::bringToxicsInLine);
    }

    private void bringToxicsInLine() {
        List<AppliedToxic> current = toxics.inEffect();
        chains.forEach(chain -> chain.bringInLine(current));
    }

    /** Cuts both sides with a TCP reset. May be called from any thread. */
    void cut() {
        client.eventLoop().execute(this::reset);
    }

    /** One direction is over; when both are, so is the connection. */
    void ended(Direction direction) {
        ended.add(direction);
        if (ended.size() == Direction.values().length) {
            close();
        }
    }

    void close() {
        close(client);
        if (upstream != null) {
            close(upstream);
        }
    }

    private static void close(Channel channel) {
        channel.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
        if (!channel.isRegistered()) {
            // One that is off its event loop already does not tell its handlers to release what they hold.
            channel.pipeline().fireChannelUnregistered();
        }
    }

    void reset() {
        linger(client);
        if (upstream != null) {
            linger(upstream);
        }
        close();
    }

    /** With a linger time of zero, the operating system closes with RST instead of FIN. */
    private static void linger(Channel channel) {
        if (channel.isOpen()) {
            try {
                channel.config().setOption(ChannelOption.SO_LINGER, 0);
            } catch (ChannelException e) {
                log.debug("{} was closed by the other side already", channel, e);
            }
        }
    }

    @Override
    public String toString() {
        return client + " to " + dialer;
    }
}

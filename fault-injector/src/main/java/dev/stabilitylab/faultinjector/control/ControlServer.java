package dev.stabilitylab.faultinjector.control;

import dev.stabilitylab.faultinjector.events.EventStreams;
import dev.stabilitylab.faultinjector.proxy.Address;
import dev.stabilitylab.faultinjector.proxy.EventLoops;
import dev.stabilitylab.faultinjector.proxy.Proxies;
import dev.stabilitylab.faultinjector.schedule.Scheduler;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens for the control API's requests. */
public final class ControlServer implements AutoCloseable {

    private static final long PATIENCE_MILLIS = 250;

    /** How many may be connected at the same time. */
    private static final int MAX_CONNECTIONS = 256;

    private static final Logger log = LoggerFactory.getLogger(ControlServer.class);

    private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    private final EventStreams events;
    private final EventExecutor changes;
    private final Channel server;

    /**
     * Starts to listen.
     *
     * @param config the file that can be reloaded, if there is one
     * @param version of this program; {@code GET /version} answers Toxiproxy's
     * @throws IOException when it cannot listen there
     */
    public ControlServer(
            EventLoops loops,
            Address address,
            AllowedCallers callers,
            Proxies proxies,
            Scheduler scheduler,
            Optional<ConfigFile> config,
            String version)
            throws IOException {
        changes = loops.changes();
        Router router = new Endpoints(proxies, scheduler, config, changes).addTo(new Router(callers));
        Clock clock = Clock.systemUTC();
        events = new EventStreams(clock);
        proxies.onStrike(strike -> events.publish(strike.kind().label(), Notification.of(strike, clock.instant())));
        proxies.onChange(change -> events.publish(change.kind().label(), Notification.of(change, clock.instant())));
        InetSocketAddress socketAddress = new InetSocketAddress(address.host(), address.port());
        if (socketAddress.isUnresolved()) {
            throw new IOException("unknown host");
        }
        ChannelFuture binding = loops.transport()
                .newServerBootstrap()
                .group(loops.acceptor(), loops.workers())
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel client) {
                        if (channels.size() >= MAX_CONNECTIONS) {
                            log.warn(
                                    "control API: {} is refused, since there are {} connections already, which is the limit",
                                    client.remoteAddress(),
                                    MAX_CONNECTIONS);
                            client.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
                            return;
                        }
                        channels.add(client);
                        new ControlHandler(router, changes, events, version).addTo(client.pipeline());
                    }
                })
                .bind(socketAddress)
                .awaitUninterruptibly();
        if (!binding.isSuccess()) {
            throw new IOException(binding.cause().getMessage(), binding.cause());
        }
        server = binding.channel();
    }

    /** The port, also when any free one was asked for. */
    public int port() {
        return ((InetSocketAddress) server.localAddress()).getPort();
    }

    /** Stops listening, closes the connections, and lets the change that is being made come to its end. */
    @Override
    public void close() {
        server.close().awaitUninterruptibly(PATIENCE_MILLIS);
        events.close();
        channels.close().awaitUninterruptibly(PATIENCE_MILLIS);
        changes.submit(() -> {}).awaitUninterruptibly(PATIENCE_MILLIS);
    }
}

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
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.IdleStateHandler;
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

    private static final int IDLE_SECONDS = 60;
    private static final long PATIENCE_MILLIS = 250;
    private static final long REQUEST_MILLIS = 15_000;

    /** How many may be connected at the same time. */
    private static final int MAX_CONNECTIONS = 256;

    private static final Logger log = LoggerFactory.getLogger(ControlServer.class);

    private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    private final Clock clock = Clock.systemUTC();
    private final EventStreams events = new EventStreams(clock);
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
        Dispatcher dispatcher =
                new Dispatcher(new Endpoints(proxies, scheduler, config, changes).router(), callers, version);
        proxies.onStrike(
                strike -> events.publish(strike.kind().label(), Json.text(StrikeBody.of(strike, clock.instant()))));
        proxies.onChange(
                change -> events.publish(change.kind().label(), Json.text(ChangeBody.of(change, clock.instant()))));
        InetSocketAddress socketAddress = new InetSocketAddress(address.host(), address.port());
        if (socketAddress.isUnresolved()) {
            throw new IOException("unknown host");
        }
        ChannelFuture binding = loops.newServerBootstrap()
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel client) {
                        if (channels.size() > MAX_CONNECTIONS) {
                            log.warn(
                                    "control API: {} is refused, since there are {} connections already, which is the limit",
                                    client.remoteAddress(),
                                    MAX_CONNECTIONS);
                            client.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
                            return;
                        }
                        channels.add(client);
                        client.pipeline()
                                .addLast(new IdleStateHandler(0, 0, IDLE_SECONDS))
                                .addLast(new RequestTimeout(REQUEST_MILLIS))
                                .addLast(new HttpServerCodec())
                                .addLast(new BodyCollector())
                                .addLast(new ControlHandler(dispatcher, changes, events));
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

package dev.stabilitylab.faultinjector.control;

import dev.stabilitylab.faultinjector.events.EventStreams;
import dev.stabilitylab.faultinjector.proxy.Address;
import dev.stabilitylab.faultinjector.proxy.EventLoops;
import dev.stabilitylab.faultinjector.proxy.Proxies;
import dev.stabilitylab.faultinjector.schedule.Scheduler;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens for the control API's requests. */
public final class ControlServer implements AutoCloseable {

    private static final long PATIENCE_MILLIS = 250;
    private static final int MAX_CONNECTIONS = 256;
    private static final int IDLE_SECONDS = 60;
    private static final int REQUEST_SECONDS = 15;

    private static final Logger log = LoggerFactory.getLogger(ControlServer.class);

    private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    private final EventStreams events;
    private final EventExecutor changes;
    private final Channel server;

    /**
     * Starts to listen.
     *
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
        ChannelFuture binding = loops.newServerBootstrap()
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
                            hangUp(client);
                            return;
                        }
                        channels.add(client);
                        client.pipeline()
                                .addLast(new IdleStateHandler(0, 0, IDLE_SECONDS))
                                .addLast(new RequestTimeout())
                                .addLast(new HttpServerCodec())
                                .addLast(new BodyCollector())
                                .addLast(new FlowControlHandler())
                                .addLast(new ControlHandler(router, changes, events, version));
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

    private static void hangUp(Channel client) {
        client.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
    }

    /** Collects a request's body up to a limit. Of one that is larger, the mere head is passed on. */
    private static final class BodyCollector extends HttpObjectAggregator {

        BodyCollector() {
            super(ControlHandler.MAX_BODY_BYTES, true);
        }

        @Override
        protected void handleOversizedMessage(ChannelHandlerContext ctx, HttpMessage oversized) {
            // The rest of the body is dropped when it comes. Closing now would reset the connection, and the client
            // might never read the answer.
            HttpRequest head = (HttpRequest) oversized;
            ctx.fireChannelRead(
                    new DefaultHttpRequest(head.protocolVersion(), head.method(), head.uri(), head.headers()));
        }
    }

    /** Closes a connection whose request is not there as a whole, and answered, so long after its first byte. */
    private static final class RequestTimeout extends ChannelDuplexHandler {

        private @Nullable Future<?> timer;

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            if (timer == null && ((ByteBuf) message).isReadable()) {
                timer = ctx.executor().schedule(() -> hangUp(ctx.channel()), REQUEST_SECONDS, TimeUnit.SECONDS);
            }
            ctx.fireChannelRead(message);
        }

        @Override
        public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
            cancel();
            ChannelFuture unused = ctx.write(message, promise);
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            cancel();
            ctx.fireChannelInactive();
        }

        private void cancel() {
            if (timer != null) {
                timer.cancel(false);
                timer = null;
            }
        }
    }
}

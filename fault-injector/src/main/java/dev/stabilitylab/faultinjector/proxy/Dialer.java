package dev.stabilitylab.faultinjector.proxy;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Connects to an upstream. When its name has several addresses, they are used in turn, a connection at a time; an address that does
 * not answer gives way to the next.
 */
final class Dialer {

    private final Transport transport;
    private final Address upstream;
    private final Resolver resolver;
    private final long limitMillis;
    private final Turns turns = new Turns();

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
        Dial dial = new Dial(loop);
        dial.start();
        return dial.promise;
    }

    @Override
    public String toString() {
        return upstream.toString();
    }

    /** One connection in the making. Everything happens on the event loop. */
    private final class Dial {
        private final EventLoop loop;
        private final Promise<SocketChannel> promise;
        private final long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(limitMillis);
        private @Nullable Throwable failure;
        private @Nullable Channel current;

        Dial(EventLoop loop) {
            this.loop = loop;
            this.promise = loop.newPromise();
        }

        void start() {
            Future<?> timer = loop.schedule(this::timeOut, limitMillis, TimeUnit.MILLISECONDS);
            promise.addListener(done -> {
                timer.cancel(false);
                if (!done.isSuccess() && current != null) {
                    close(current);
                }
            });
            CompletableFuture<List<InetAddress>> lookup = resolver.resolve(upstream.host());
            // What is known already needs no detour over the event loop's queue, which this is called on.
            Executor here = lookup.isDone() ? Runnable::run : loop;
            CompletableFuture<?> unused = lookup.whenCompleteAsync(this::found, here);
        }

        private void timeOut() {
            promise.tryFailure(
                    new ConnectTimeoutException("no connection to %s within %d ms".formatted(upstream, limitMillis)));
        }

        private void found(@Nullable List<InetAddress> addresses, @Nullable Throwable unknown) {
            if (addresses == null) {
                promise.tryFailure(unknown);
            } else {
                List<InetAddress> order = turns.next(addresses);
                tryNext(order.iterator(), order.size());
            }
        }

        private void tryNext(Iterator<InetAddress> rest, int count) {
            if (promise.isDone()) {
                return;
            }
            if (!rest.hasNext()) {
                promise.tryFailure(failure);
                return;
            }
            ChannelFuture connecting =
                    bootstrap(share(count)).connect(new InetSocketAddress(rest.next(), upstream.port()));
            current = connecting.channel();
            connecting.addListener(done -> {
                if (!done.isSuccess()) {
                    remember(done.cause());
                    tryNext(rest, count - 1);
                } else if (!promise.trySuccess((SocketChannel) connecting.channel())) {
                    close(connecting.channel());
                }
            });
        }

        /** An address that is silent must leave time for those after it. */
        private int share(int count) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            return (int) Math.max(1, left / count);
        }

        private void remember(Throwable latest) {
            if (failure != null) {
                latest.addSuppressed(failure);
            }
            failure = latest;
        }

        private Bootstrap bootstrap(int timeoutMillis) {
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
                    .handler(new Gate());
        }

        private static void close(Channel channel) {
            channel.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
        }
    }
}

package dev.stabilitylab.faultinjector.proxy;

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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Connects to an upstream. When its name has several addresses, they are used in turn, a connection at a time; an address that does
 * not answer gives way to the next.
 */
final class Dialer {

    /** By value, IPv4 before IPv6. */
    private static final Comparator<InetAddress> IN_ORDER = Comparator.comparing(
            InetAddress::getAddress,
            Comparator.<byte[]>comparingInt(bytes -> bytes.length).thenComparing(Arrays::compareUnsigned));

    private final Address upstream;
    private final Resolver resolver;
    private final long limitMillis;
    private final AtomicInteger turn = new AtomicInteger();

    /** @param limitMillis for looking up the name and trying all its addresses */
    Dialer(Address upstream, Resolver resolver, long limitMillis) {
        this.upstream = upstream;
        this.resolver = resolver;
        this.limitMillis = limitMillis;
    }

    /** Connects on that event loop, and to be called on it. To cancel the future is to hang up. The channel comes with a closed {@link Gate}. */
    Future<SocketChannel> dial(EventLoop loop) {
        return new Dial(loop).start();
    }

    /**
     * The order in which the next connection is to try these addresses: all of them, one further each time. They are sorted first: a name
     * server may give them in another order each time, and then counting would be as good as drawing.
     */
    List<InetAddress> nextOrder(List<InetAddress> addresses) {
        List<InetAddress> order = new ArrayList<>(addresses);
        order.sort(IN_ORDER);
        Collections.rotate(order, -Math.floorMod(turn.getAndIncrement(), order.size()));
        return order;
    }

    @Override
    public String toString() {
        return upstream.toString();
    }

    private static void close(Channel channel) {
        channel.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
    }

    /** One connection in the making; its time counts from now. Everything happens on the event loop. */
    private final class Dial {

        private final EventLoop loop;
        private final long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(limitMillis);
        private final Promise<SocketChannel> promise;
        private @Nullable Throwable failure;
        private @Nullable Channel current;

        Dial(EventLoop loop) {
            this.loop = loop;
            this.promise = loop.newPromise();
        }

        Future<SocketChannel> start() {
            Future<?> timer = loop.schedule(
                    () -> promise.tryFailure(new ConnectTimeoutException(
                            "no connection to %s within %d ms".formatted(upstream, limitMillis))),
                    limitMillis,
                    TimeUnit.MILLISECONDS);
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
            return promise;
        }

        private void found(@Nullable List<InetAddress> addresses, @Nullable Throwable unknown) {
            if (addresses == null) {
                promise.tryFailure(unknown);
            } else {
                tryNext(nextOrder(addresses).iterator(), addresses.size());
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
            // An address that is silent must leave time for those after it.
            long share = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()) / count;
            ChannelFuture connecting = connect(rest.next(), (int) Math.max(1, share));
            current = connecting.channel();
            connecting.addListener(done -> {
                if (!done.isSuccess()) {
                    if (failure != null) {
                        done.cause().addSuppressed(failure);
                    }
                    failure = done.cause();
                    tryNext(rest, count - 1);
                } else if (!promise.trySuccess((SocketChannel) connecting.channel())) {
                    close(connecting.channel());
                }
            });
        }

        private ChannelFuture connect(InetAddress address, int timeoutMillis) {
            return EventLoops.newBootstrap(loop)
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
    }
}

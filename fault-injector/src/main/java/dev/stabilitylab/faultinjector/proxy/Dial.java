package dev.stabilitylab.faultinjector.proxy;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One connection to an upstream in the making. Everything happens on the event loop. */
final class Dial {

    private final Dialer dialer;
    private final EventLoop loop;
    private final long limitMillis;
    private final long deadline;
    private final Promise<SocketChannel> promise;
    private @Nullable Throwable failure;
    private @Nullable Channel current;

    /** The time counts from now. */
    Dial(Dialer dialer, EventLoop loop, long limitMillis) {
        this.dialer = dialer;
        this.loop = loop;
        this.limitMillis = limitMillis;
        this.deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(limitMillis);
        this.promise = loop.newPromise();
    }

    Future<SocketChannel> start() {
        Future<?> timer = loop.schedule(this::timeOut, limitMillis, TimeUnit.MILLISECONDS);
        promise.addListener(done -> {
            timer.cancel(false);
            if (!done.isSuccess() && current != null) {
                close(current);
            }
        });
        CompletableFuture<List<InetAddress>> lookup = dialer.lookUp();
        // What is known already needs no detour over the event loop's queue, which this is called on.
        Executor here = lookup.isDone() ? Runnable::run : loop;
        CompletableFuture<?> unused = lookup.whenCompleteAsync(this::found, here);
        return promise;
    }

    private void timeOut() {
        promise.tryFailure(
                new ConnectTimeoutException("no connection to %s within %d ms".formatted(dialer, limitMillis)));
    }

    private void found(@Nullable List<InetAddress> addresses, @Nullable Throwable unknown) {
        if (addresses == null) {
            promise.tryFailure(unknown);
        } else {
            List<InetAddress> order = dialer.nextOrder(addresses);
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
        ChannelFuture connecting = dialer.connect(loop, rest.next(), share(count));
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

    private static void close(Channel channel) {
        channel.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
    }
}

package dev.stabilitylab.faultinjector.proxy;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannelRecvByteBufAllocator;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollMode;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultEventExecutor;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.EventExecutorGroup;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** The program's threads: one accepts connections, some move bytes, one makes changes, and some look up names. */
public final class EventLoops implements AutoCloseable {

    /**
     * Whether Linux's epoll is used, through Netty's native code, and not Java's own transport, which is there everywhere but slower.
     * {@code -Dio.netty.transport.noNative=true} rules it out.
     */
    static final boolean NATIVE = Epoll.isAvailable();

    private static final long PATIENCE_SECONDS = 5;
    private static final long MAX_STOP_MILLIS = 500;

    private final EventLoopGroup acceptor = newGroup(1, "acceptor");
    private final EventLoopGroup workers = newGroup(Runtime.getRuntime().availableProcessors(), "worker");

    /** Changes wait for the other threads, so they must not be made on one of those. A single thread makes them one at a time. */
    private final EventExecutor changes = new DefaultEventExecutor(new DefaultThreadFactory("changes"));

    /** Daemons: a lookup that hangs cannot be interrupted, and must not keep the program from ending. */
    private final ExecutorService lookups = Executors.newCachedThreadPool(new DefaultThreadFactory("lookup", true));

    private static EventLoopGroup newGroup(int threads, String name) {
        DefaultThreadFactory factory = new DefaultThreadFactory(name);
        return NATIVE ? new EpollEventLoopGroup(threads, factory) : new NioEventLoopGroup(threads, factory);
    }

    /**
     * To listen. A single thread accepts connections, and others move their bytes. Edge-triggered, its default, epoll would read each time
     * until there is nothing more, also when nobody asks for more; and Java's transport accepts several clients before it tells of the
     * first one, more than may be let in.
     */
    public ServerBootstrap newServerBootstrap() {
        ServerBootstrap bootstrap = new ServerBootstrap().group(acceptor, workers);
        return NATIVE
                ? bootstrap
                        .channel(EpollServerSocketChannel.class)
                        .childOption(EpollChannelOption.EPOLL_MODE, EpollMode.LEVEL_TRIGGERED)
                : bootstrap
                        .channel(NioServerSocketChannel.class)
                        .option(
                                ChannelOption.RCVBUF_ALLOCATOR,
                                new ServerChannelRecvByteBufAllocator().maxMessagesPerRead(1));
    }

    /** To connect, for a channel on that event loop. */
    static Bootstrap newBootstrap(EventLoop loop) {
        Bootstrap bootstrap = new Bootstrap().group(loop);
        return NATIVE
                ? bootstrap
                        .channel(EpollSocketChannel.class)
                        .option(EpollChannelOption.EPOLL_MODE, EpollMode.LEVEL_TRIGGERED)
                : bootstrap.channel(NioSocketChannel.class);
    }

    /** Move the bytes of accepted connections. */
    EventLoopGroup workers() {
        return workers;
    }

    /** Makes changes; a single thread, which may wait for the others. */
    public EventExecutor changes() {
        return changes;
    }

    /** Look up names, which may block; as many threads as there are lookups at the same time. */
    Executor lookups() {
        return lookups;
    }

    /**
     * Returns when everything that was handed to the event loops before has been done, down to the operating system. A closed channel's
     * future is not enough: without the native transport, Java keeps the socket of a registered channel open until its selector has
     * looked again. Not to be called on an event loop.
     */
    void settle() {
        List<Future<?>> pending = new ArrayList<>();
        acceptor.forEach(loop -> pending.add(afterNextSelect(loop)));
        workers.forEach(loop -> pending.add(afterNextSelect(loop)));
        pending.forEach(EventLoops::await);
    }

    /** Waits until it is done, whatever the outcome. */
    static void await(Future<?> future) {
        if (!future.awaitUninterruptibly(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException(
                    "an event loop has been stuck for more than %d seconds".formatted(PATIENCE_SECONDS));
        }
    }

    private static Future<?> afterNextSelect(EventExecutor loop) {
        Promise<Void> promise = loop.newPromise();
        // A task that a loop schedules for itself is run in its next round at the earliest, and each round begins with
        // a select.
        loop.execute(
                () -> loop.schedule(() -> null, 0, TimeUnit.NANOSECONDS).addListener(done -> promise.setSuccess(null)));
        return promise;
    }

    /** Stops all threads, within two seconds. */
    @Override
    public void close() {
        List<Future<?>> pending = List.of(stop(changes), stop(acceptor), stop(workers));
        pending.forEach(EventLoops::await);
        lookups.shutdownNow();
    }

    private static Future<?> stop(EventExecutorGroup group) {
        return group.shutdownGracefully(0, MAX_STOP_MILLIS, TimeUnit.MILLISECONDS);
    }
}

package dev.stabilitylab.faultinjector.proxy;

import io.netty.channel.EventLoopGroup;
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

    private static final long PATIENCE_SECONDS = 5;
    private static final long MAX_STOP_MILLIS = 500;

    private final Transport transport = Transport.best();
    private final EventLoopGroup acceptor = transport.newGroup(1, new DefaultThreadFactory("acceptor"));
    private final EventLoopGroup workers =
            transport.newGroup(Runtime.getRuntime().availableProcessors(), new DefaultThreadFactory("worker"));

    /** Changes wait for the other threads, so they must not be made on one of those. A single thread makes them one at a time. */
    private final EventExecutor changes = new DefaultEventExecutor(new DefaultThreadFactory("changes"));

    /** Daemons: a lookup that hangs cannot be interrupted, and must not keep the program from ending. */
    private final ExecutorService lookups = Executors.newCachedThreadPool(new DefaultThreadFactory("lookup", true));

    /** What channels on these threads have to be made of. */
    public Transport transport() {
        return transport;
    }

    /** Accepts connections; a single thread. */
    public EventLoopGroup acceptor() {
        return acceptor;
    }

    /** Move the bytes of accepted connections. */
    public EventLoopGroup workers() {
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

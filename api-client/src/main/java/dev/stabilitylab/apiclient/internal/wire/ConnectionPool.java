package dev.stabilitylab.apiclient.internal.wire;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The connections to one upstream. A permit stands for the right to one connection; whoever has a permit gives it back, with or without a
 * connection, whatever happened. First come, first served.
 */
final class ConnectionPool {

    private final int max;
    private final long timeToLive;
    private final long idleTimeout;
    private final Semaphore permits;
    private final AtomicInteger leased = new AtomicInteger();
    private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    ConnectionPool(int max, long timeToLive, long idleTimeout) {
        this.max = max;
        this.timeToLive = timeToLive;
        this.idleTimeout = idleTimeout;
        this.permits = new Semaphore(max, true);
    }

    int max() {
        return max;
    }

    boolean isClosed() {
        return closed;
    }

    /** Takes a permit; false when the time was over first. */
    boolean acquire(long nanos) throws InterruptedException {
        if (!permits.tryAcquire(nanos, TimeUnit.NANOSECONDS)) {
            return false;
        }
        leased.incrementAndGet();
        return true;
    }

    /** A connection that rests and can be used, the last used first; null when a new one is needed. */
    @Nullable
    Connection reuse(long now) {
        for (Connection next = idle.pollFirst(); next != null; next = idle.pollFirst()) {
            if (!next.isExpired(now, timeToLive, idleTimeout) && next.isQuiet()) {
                return next;
            }
            discard(next);
        }
        return null;
    }

    /** Knows the connection from now on, so that closing the pool closes it. */
    void add(Connection connection) {
        open.add(connection);
        if (closed) {
            discard(connection);
        }
    }

    /** Gives the permit back, and the connection if there is one; closes it unless it can be used again. */
    void release(@Nullable Connection connection, long now) {
        if (connection != null) {
            connection.restsSince(now);
            if (connection.isReusable() && !connection.isExpired(now, timeToLive, idleTimeout) && !closed) {
                idle.addFirst(connection);
                if (closed && idle.remove(connection)) {
                    discard(connection);
                }
            } else {
                discard(connection);
            }
        }
        leased.decrementAndGet();
        permits.release();
    }

    /** Closes connections that have rested or lived long enough. To be called now and then. */
    void evict(long now) {
        for (Connection each : idle) {
            if (each.isExpired(now, timeToLive, idleTimeout) && idle.remove(each)) {
                discard(each);
            }
        }
    }

    void discard(Connection connection) {
        open.remove(connection);
        connection.close();
    }

    ConnectionCounts counts() {
        return new ConnectionCounts(leased.get(), idle.size(), permits.getQueueLength(), max);
    }

    /** Closes every connection; attempts under way end at once, later ones are refused. */
    void close() {
        closed = true;
        open.forEach(this::discard);
        idle.clear();
    }
}

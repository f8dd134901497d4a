package dev.stabilitylab.apiclient.internal.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Looks up the addresses of one host within a time. A name server that hangs cannot be interrupted, so the look-up has a thread of its own,
 * one at most however many wait for it.
 */
final class Addresses {

    private final String host;
    private final Resolver resolver;
    private @Nullable CompletableFuture<List<InetAddress>> underWay;
    private boolean closed;

    Addresses(String host, Resolver resolver) {
        this.host = host;
        this.resolver = resolver;
    }

    /**
     * All addresses, in the order in which they should be tried.
     *
     * @param until in nanoseconds as of {@link System#nanoTime()}
     * @throws IOException when there is none, or the time was over first
     */
    List<InetAddress> lookUp(long until) throws IOException, InterruptedException {
        try {
            return joinLookUp().get(until - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException slow) {
            throw new SocketTimeoutException("the name " + host + " was not resolved in time");
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof IOException unknown
                    ? unknown
                    : new IOException("the name " + host + " cannot be resolved", failed.getCause());
        }
    }

    private synchronized CompletableFuture<List<InetAddress>> joinLookUp() {
        if (closed) {
            return CompletableFuture.failedFuture(closed());
        }
        CompletableFuture<List<InetAddress>> running = underWay;
        if (running == null) {
            CompletableFuture<List<InetAddress>> begun = new CompletableFuture<>();
            Thread thread = new Thread(() -> lookUp(begun), "api-client-lookup-" + host);
            thread.setDaemon(true);
            thread.start();
            underWay = begun;
            return begun;
        }
        return running;
    }

    /** Ends every wait for a look-up at once. */
    synchronized void close() {
        closed = true;
        if (underWay != null) {
            underWay.completeExceptionally(closed());
        }
    }

    private IOException closed() {
        return new IOException("the name " + host + " is not looked up any more");
    }

    private void lookUp(CompletableFuture<List<InetAddress>> result) {
        try {
            List<InetAddress> found = List.of(resolver.resolve(host));
            forget();
            result.complete(found);
        } catch (UnknownHostException unknown) {
            forget();
            result.completeExceptionally(new UnknownHostException("the name " + host + " is not known"));
        } catch (Throwable failed) {
            forget();
            result.completeExceptionally(failed);
        }
    }

    private synchronized void forget() {
        underWay = null;
    }

    /** The name service. */
    @FunctionalInterface
    interface Resolver {

        /** Blocks for as long as it takes. */
        InetAddress[] resolve(String host) throws UnknownHostException;
    }
}

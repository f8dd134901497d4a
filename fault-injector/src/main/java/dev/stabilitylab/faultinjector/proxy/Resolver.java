package dev.stabilitylab.faultinjector.proxy;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * Looks names up without keeping the caller waiting, which Netty's own resolver does not: it asks the JVM on the event loop. A
 * name is looked up once at a time, and whoever asks meanwhile shares the answer; so one name that hangs holds one thread, however
 * many connections want it. Nothing is remembered here.
 */
final class Resolver {

    private final Lookup lookup;
    private final Executor threads;
    private final Map<String, CompletableFuture<List<InetAddress>>> underWay = new ConcurrentHashMap<>();

    /** Looks up on {@code threads}, one for each name that is looked up at the same time. */
    Resolver(Lookup lookup, Executor threads) {
        this.lookup = lookup;
        this.threads = threads;
    }

    /** The addresses of that host, which are there at once when it is an address itself. */
    CompletableFuture<List<InetAddress>> resolve(String host) {
        if (NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host)) {
            return parse(host);
        }
        CompletableFuture<List<InetAddress>> mine = new CompletableFuture<>();
        CompletableFuture<List<InetAddress>> other = underWay.putIfAbsent(host, mine);
        if (other != null) {
            return other;
        }
        try {
            threads.execute(() -> lookUp(host, mine));
        } catch (RuntimeException | Error e) {
            // No thread could be had; the next one who asks is to try again.
            fail(host, mine, e);
        }
        return mine;
    }

    private void lookUp(String host, CompletableFuture<List<InetAddress>> answer) {
        try {
            List<InetAddress> addresses = lookup.lookUp(host);
            underWay.remove(host);
            answer.complete(addresses);
        } catch (UnknownHostException | RuntimeException | Error e) {
            fail(host, answer, e);
        }
    }

    private void fail(String host, CompletableFuture<List<InetAddress>> answer, Throwable reason) {
        underWay.remove(host);
        answer.completeExceptionally(reason);
    }

    private static CompletableFuture<List<InetAddress>> parse(String address) {
        try {
            return CompletableFuture.completedFuture(List.of(InetAddress.getByName(address)));
        } catch (UnknownHostException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}

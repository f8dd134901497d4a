package dev.stabilitylab.faultinjector.proxy;

import dev.stabilitylab.faultinjector.proxy.Resolution.Failed;
import dev.stabilitylab.faultinjector.proxy.Resolution.Found;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Looks names up without keeping the caller waiting, which Netty's own resolver does not: it asks the JVM on the event loop. A
 * name is looked up once at a time, and whoever asks meanwhile shares the answer; so one name that hangs holds one thread, however
 * many connections want it. Nothing is remembered here.
 */
final class Resolver {

    /** Any client may name any host to listen at, and one that hangs holds a thread. */
    static final int MAX_LISTEN_LOOKUPS = 64;

    private static final Resolution TOO_MANY =
            new Failed("server misbehaving", "%d names are being looked up already".formatted(MAX_LISTEN_LOOKUPS));

    private final Lookup lookup;
    private final Executor threads;
    private final Map<String, CompletableFuture<List<InetAddress>>> underWay = new ConcurrentHashMap<>();
    private final Semaphore listenLookups = new Semaphore(MAX_LISTEN_LOOKUPS);

    /** Looks up on {@code threads}, one for each name that is looked up at the same time. */
    Resolver(Lookup lookup, Executor threads) {
        this.lookup = lookup;
        this.threads = threads;
    }

    /** The addresses of that host, which are there at once when it is an address itself. */
    CompletableFuture<List<InetAddress>> resolve(String host) {
        if (NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host)) {
            try {
                return CompletableFuture.completedFuture(List.of(InetAddress.getByName(host)));
            } catch (UnknownHostException e) {
                return CompletableFuture.failedFuture(e);
            }
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

    /**
     * What all these hosts come to, at which proxies are to listen. Never fails, and is there at once when all are IP addresses.
     *
     * @param limitMillis for each; the look-up itself goes on after that, since nothing can stop it
     */
    CompletableFuture<Map<String, Resolution>> resolveToListen(Collection<String> hosts, long limitMillis) {
        Map<String, CompletableFuture<Resolution>> answers = new TreeMap<>();
        hosts.forEach(host -> answers.computeIfAbsent(host, name -> resolveToListen(name, limitMillis)));
        return CompletableFuture.allOf(answers.values().toArray(CompletableFuture<?>[]::new))
                .thenApply(done -> {
                    Map<String, Resolution> found = new TreeMap<>();
                    answers.forEach((host, answer) -> found.put(host, answer.join()));
                    return found;
                });
    }

    private CompletableFuture<Resolution> resolveToListen(String host, long limitMillis) {
        Resolution known = Resolution.ofLiteral(host);
        if (known != null || !listenLookups.tryAcquire()) {
            return CompletableFuture.completedFuture(known == null ? TOO_MANY : known);
        }
        CompletableFuture<List<InetAddress>> addresses = resolve(host);
        CompletableFuture<?> unused = addresses.whenComplete((found, failure) -> listenLookups.release());
        Resolution tooLate =
                new Failed("i/o timeout", "%s could not be looked up within %d ms".formatted(host, limitMillis));
        return addresses.handle(Resolver::resolution).completeOnTimeout(tooLate, limitMillis, TimeUnit.MILLISECONDS);
    }

    private static Resolution resolution(@Nullable List<InetAddress> addresses, @Nullable Throwable failure) {
        if (addresses != null) {
            return Found.of(addresses.get(0));
        }
        return failure instanceof UnknownHostException
                ? new Failed("no such host", "unknown host")
                : new Failed("server misbehaving", String.valueOf(failure));
    }
}

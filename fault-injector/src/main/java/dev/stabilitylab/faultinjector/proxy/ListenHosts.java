package dev.stabilitylab.faultinjector.proxy;

import dev.stabilitylab.faultinjector.proxy.Resolution.Failed;
import dev.stabilitylab.faultinjector.proxy.Resolution.Found;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Looks up the hosts that proxies are to listen at, for a limited time. Any client may name any host, so there is also a limit to how
 * many are looked up at the same time: one that hangs holds a thread.
 */
final class ListenHosts {

    static final int MAX_UNDER_WAY = 64;

    private static final Resolution TOO_MANY =
            new Failed("server misbehaving", "%d names are being looked up already".formatted(MAX_UNDER_WAY));

    private final Resolver resolver;
    private final long limitMillis;
    private final Semaphore free = new Semaphore(MAX_UNDER_WAY);

    ListenHosts(Resolver resolver, long limitMillis) {
        this.resolver = resolver;
        this.limitMillis = limitMillis;
    }

    /** What all these hosts come to. Never fails, and is there at once when all are IP addresses. */
    CompletableFuture<Map<String, Resolution>> find(Collection<String> hosts) {
        Map<String, CompletableFuture<Resolution>> answers = new TreeMap<>();
        hosts.forEach(host -> answers.computeIfAbsent(host, this::find));
        return CompletableFuture.allOf(answers.values().toArray(CompletableFuture<?>[]::new))
                .thenApply(done -> {
                    Map<String, Resolution> found = new TreeMap<>();
                    answers.forEach((host, answer) -> found.put(host, answer.join()));
                    return found;
                });
    }

    private CompletableFuture<Resolution> find(String host) {
        return Resolution.ofLiteral(host)
                .map(CompletableFuture::completedFuture)
                .orElseGet(() -> lookUp(host));
    }

    private CompletableFuture<Resolution> lookUp(String host) {
        if (!free.tryAcquire()) {
            return CompletableFuture.completedFuture(TOO_MANY);
        }
        CompletableFuture<List<InetAddress>> lookup = resolver.resolve(host);
        // When the time is over, the look-up itself goes on: nothing can stop it.
        CompletableFuture<?> unused = lookup.whenComplete((addresses, failure) -> free.release());
        return lookup.handle(ListenHosts::resolution)
                .completeOnTimeout(tooLate(host), limitMillis, TimeUnit.MILLISECONDS);
    }

    private static Resolution resolution(@Nullable List<InetAddress> addresses, @Nullable Throwable failure) {
        if (addresses != null) {
            return Found.of(addresses.get(0));
        }
        return failure instanceof UnknownHostException
                ? new Failed("no such host", "unknown host")
                : new Failed("server misbehaving", String.valueOf(failure));
    }

    private Resolution tooLate(String host) {
        return new Failed("i/o timeout", "%s could not be looked up within %d ms".formatted(host, limitMillis));
    }
}

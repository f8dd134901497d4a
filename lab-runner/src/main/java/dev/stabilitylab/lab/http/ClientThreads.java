package dev.stabilitylab.lab.http;

import java.lang.reflect.InvocationTargetException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads of one {@link HttpClient}, so that they can be ended. Java 17's client has no {@code close()}: its selector thread
 * lives, with all its connections, until some garbage collection. But it ends when it is interrupted, and it belongs to the
 * thread group of the thread that built the client; so that is one of ours.
 */
final class ClientThreads {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final ThreadGroup group;
    private final ExecutorService executor;

    ClientThreads(String name, int count) {
        this.group = new ThreadGroup(name);
        AtomicInteger number = new AtomicInteger();
        this.executor = Executors.newFixedThreadPool(count, action -> {
            Thread thread = new Thread(group, action, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    HttpClient build(HttpClient.Builder builder) {
        return CompletableFuture.supplyAsync(() -> builder.executor(executor).build(), executor)
                .join();
    }

    void end(HttpClient client) {
        if (!shutDown(client)) {
            group.interrupt();
        }
        executor.shutdownNow();
        try {
            awaitThreads();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Java 21 and later: {@code client.shutdownNow()}, which this code cannot name as long as it must compile for 17. */
    private static boolean shutDown(HttpClient client) {
        try {
            HttpClient.class.getMethod("shutdownNow").invoke(client);
            HttpClient.class.getMethod("awaitTermination", Duration.class).invoke(client, PATIENCE);
            return true;
        } catch (NoSuchMethodException e) {
            return false;
        } catch (IllegalAccessException | InvocationTargetException e) {
            if (e.getCause() instanceof InterruptedException) {
                Thread.currentThread().interrupt();
                return true;
            }
            throw new IllegalStateException("The HTTP client cannot be shut down", e);
        }
    }

    private void awaitThreads() throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        Thread[] threads = new Thread[group.activeCount() + 8];
        int count = group.enumerate(threads);
        for (int i = 0; i < count; i++) {
            threads[i].join(
                    Math.max(1, Duration.ofNanos(end - System.nanoTime()).toMillis()));
        }
    }
}

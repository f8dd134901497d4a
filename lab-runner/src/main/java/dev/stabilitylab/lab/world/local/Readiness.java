package dev.stabilitylab.lab.world.local;

import dev.stabilitylab.lab.world.WorldException;
import dev.stabilitylab.lab.world.control.ControlHttp;
import dev.stabilitylab.lab.world.control.NoAnswerException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.springframework.retry.support.RetryTemplate;

/** Waits until all parts are ready, at the same time, and gives up with the first that dies. */
final class Readiness {

    private final ControlHttp http;
    private final Duration limit;
    private final RetryTemplate polling;

    Readiness(ControlHttp http, Duration limit, Duration pause) {
        this.http = http;
        this.limit = limit;
        this.polling = RetryTemplate.builder()
                .withTimeout(limit)
                .fixedBackoff(pause.toMillis())
                .retryOn(NoAnswerException.class)
                .build();
    }

    /**
     * Returns when all are ready.
     *
     * @param onReady told of each part as soon as it is ready, in this thread
     */
    void awaitAll(List<Starting> parts, Consumer<Part> onReady) {
        ExecutorService pool = Executors.newFixedThreadPool(parts.size(), Readiness::daemon);
        try {
            CompletionService<Part> finished = new ExecutorCompletionService<>(pool);
            List<Starting> waiting = new ArrayList<>(parts);
            waiting.forEach(part -> finished.submit(() -> await(part)));
            for (int i = 0; i < parts.size(); i++) {
                onReady.accept(finished.take().get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WorldException("Waiting for the services was interrupted.", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof WorldException known
                    ? known
                    : new WorldException("Waiting for the services failed: " + e.getCause(), e);
        } finally {
            pool.shutdownNow();
        }
    }

    private Part await(Starting part) {
        try {
            return polling.execute(attempt -> poll(part));
        } catch (NoAnswerException e) {
            throw new WorldException(
                    "%s was not ready within %d s: %s. %s"
                            .formatted(
                                    part.spec().name(),
                                    limit.toSeconds(),
                                    e.getMessage(),
                                    part.process().lastWords()),
                    e);
        }
    }

    private Part poll(Starting part) {
        part.process().checkAlive();
        ControlHttp.Reply reply = http.send("GET", part.spec().readiness(), null);
        if (!reply.isSuccess()) {
            throw new NoAnswerException("%s answered %d".formatted(reply.request(), reply.status()), null);
        }
        return new Part(
                part.spec().name(), part.spec().baseUrl(), part.process().age());
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "readiness");
        thread.setDaemon(true);
        return thread;
    }

    /** A part whose process runs. */
    record Starting(PartSpec spec, ChildProcess process) {}
}

package dev.stabilitylab.homepage;

import dev.stabilitylab.apiclient.Outcome;
import dev.stabilitylab.servicekit.access.Caller;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.core.task.TaskRejectedException;
import org.springframework.stereotype.Component;

/** Makes a user's page: popularity is asked by another thread, recommendations by this one, at the same time. */
@Component
final class PageComposer {

    private final Upstreams upstreams;
    private final AsyncTaskExecutor executor;

    PageComposer(Upstreams upstreams, AsyncTaskExecutor applicationTaskExecutor) {
        this.upstreams = upstreams;
        this.executor = applicationTaskExecutor;
    }

    /**
     * Composes the page; an upstream that does not answer is left out.
     *
     * @throws InterruptedException when this thread was interrupted while it waited; the other call is then given up
     */
    Page compose(Caller caller) throws InterruptedException {
        Future<Outcome<List<Integer>>> popularItems = start(() -> upstreams.popularItems(caller));
        try {
            return Page.of(caller.degradation(), upstreams.recommendations(caller), popularItems.get());
        } catch (ExecutionException defect) {
            throw new IllegalStateException("asking popularity failed unexpectedly", defect.getCause());
        } finally {
            popularItems.cancel(true);
        }
    }

    private <T> Future<T> start(Callable<T> task) {
        try {
            return executor.submit(task);
        } catch (TaskRejectedException noThreadLeft) {
            FutureTask<T> onThisThread = new FutureTask<>(task);
            onThisThread.run();
            return onThisThread;
        }
    }
}

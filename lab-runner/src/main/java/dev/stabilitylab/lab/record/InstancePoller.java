package dev.stabilitylab.lab.record;

import dev.stabilitylab.lab.http.AsyncHttp;
import dev.stabilitylab.lab.http.Body;
import dev.stabilitylab.lab.time.RunClock;
import dev.stabilitylab.lab.time.Timer;
import dev.stabilitylab.lab.time.Timer.Task;
import dev.stabilitylab.lab.world.World.Instance;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks one instance for its own metrics. An instance that does not answer in time leaves a gap. */
final class InstancePoller {

    /** How long an instance may take to answer. Long, since one that is overloaded answers late, and then counts most. */
    static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final Logger log = LoggerFactory.getLogger(InstancePoller.class);

    private final AsyncHttp http;
    private final Timer timer;
    private final RunClock clock;
    private final InstanceLog instanceLog;
    private final String name;
    private final HttpRequest upstreamsRequest;
    private final HttpRequest metricsRequest;
    private CompletableFuture<@Nullable Void> current = CompletableFuture.completedFuture(null);
    private boolean warned;

    InstancePoller(AsyncHttp http, Timer timer, RunClock clock, Instance instance, InstanceLog instanceLog) {
        this.http = http;
        this.timer = timer;
        this.clock = clock;
        this.instanceLog = instanceLog;
        this.name = instance.name();
        this.upstreamsRequest = get(instance, "/actuator/upstreams", "application/json");
        this.metricsRequest = get(instance, ClientMetrics.PATH, "text/plain;version=0.0.4");
    }

    private static HttpRequest get(Instance instance, String path, String accept) {
        return HttpRequest.newBuilder(instance.management().resolve(path))
                .header("Accept", accept)
                .build();
    }

    /**
     * Asks, unless an answer is still awaited.
     *
     * @return done when the instance has answered or time is up; never fails
     */
    synchronized CompletableFuture<@Nullable Void> poll() {
        if (current.isDone()) {
            current = ask();
        }
        return current;
    }

    /** Asks, if need be after the answer that is still awaited: what it tells is no older than this call. */
    CompletableFuture<@Nullable Void> pollAfresh() {
        CompletableFuture<@Nullable Void> before;
        synchronized (this) {
            before = current;
        }
        return before.thenCompose(done -> poll());
    }

    private CompletableFuture<@Nullable Void> ask() {
        var upstreams = http.send(upstreamsRequest);
        var metrics = http.send(metricsRequest);
        Task impatience = timer.at(clock.nanos() + PATIENCE.toNanos(), () -> {
            upstreams.cancel(true);
            metrics.cancel(true);
        });
        return CompletableFuture.allOf(upstreams, metrics).handle((done, failure) -> {
            impatience.cancel();
            read(answer(upstreams), answer(metrics));
            return null;
        });
    }

    /** An answer with status 200; null when there is none. */
    private static @Nullable String answer(CompletableFuture<HttpResponse<Body>> call) {
        if (call.isCompletedExceptionally()) {
            return null;
        }
        HttpResponse<Body> response = call.join();
        return response.statusCode() == 200 && !response.body().truncated()
                ? response.body().text()
                : null;
    }

    private void read(@Nullable String upstreams, @Nullable String metrics) {
        if (upstreams == null) {
            return;
        }
        try {
            UpstreamsView view = UpstreamsView.parse(upstreams);
            instanceLog.addChanges(view.changes());
            if (metrics != null) {
                instanceLog.addSample(view.instance(), view.breakers(), ClientMetrics.parse(metrics));
            }
        } catch (RuntimeException e) {
            warnOnce(e);
        }
    }

    private synchronized void warnOnce(RuntimeException e) {
        if (!warned) {
            warned = true;
            log.warn("{} answers with metrics that cannot be read, so it is not recorded: {}", name, e.getMessage());
        }
    }
}

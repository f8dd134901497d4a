package dev.stabilitylab.lab.record;

import dev.stabilitylab.lab.http.AsyncHttp;
import dev.stabilitylab.lab.http.Body;
import dev.stabilitylab.lab.record.Recording.WorkSample;
import dev.stabilitylab.lab.time.RunClock;
import dev.stabilitylab.lab.time.Timer;
import dev.stabilitylab.lab.time.Timer.Task;
import dev.stabilitylab.lab.world.World.Instance;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks one service how much it works. A service that does not answer in time leaves a gap. Thread-safe. */
final class WorkPoller {

    private static final Logger log = LoggerFactory.getLogger(WorkPoller.class);

    private final AsyncHttp http;
    private final Timer timer;
    private final RunClock clock;
    private final String service;
    private final HttpRequest request;
    private final List<WorkSample> samples = new ArrayList<>();
    private boolean waiting;
    private boolean warned;

    WorkPoller(AsyncHttp http, Timer timer, RunClock clock, Instance instance) {
        this.http = http;
        this.timer = timer;
        this.clock = clock;
        this.service = instance.name();
        this.request = HttpRequest.newBuilder(instance.management().resolve(WorkMetrics.PATH))
                .header("Accept", "text/plain;version=0.0.4")
                .build();
    }

    /** Asks, unless an answer is still awaited. */
    void poll() {
        synchronized (this) {
            if (waiting) {
                return;
            }
            waiting = true;
        }
        CompletableFuture<HttpResponse<Body>> call = http.send(request);
        Task impatience = timer.at(clock.nanos() + InstancePoller.PATIENCE.toNanos(), () -> call.cancel(true));
        var unused = call.whenComplete((response, failure) -> {
            impatience.cancel();
            take(response);
        });
    }

    private synchronized void take(@Nullable HttpResponse<Body> response) {
        waiting = false;
        if (response == null || response.statusCode() != 200 || response.body().truncated()) {
            return;
        }
        try {
            WorkMetrics metrics = WorkMetrics.parse(response.body().text());
            samples.add(new WorkSample(
                    Duration.ofNanos(clock.nanos()),
                    service,
                    metrics.active(),
                    metrics.wantedSeconds(),
                    metrics.unwantedSeconds()));
        } catch (IllegalArgumentException e) {
            if (!warned) {
                warned = true;
                log.warn("{} answers with metrics that cannot be read: {}", service, e.getMessage());
            }
        }
    }

    synchronized List<WorkSample> samples() {
        return List.copyOf(samples);
    }
}

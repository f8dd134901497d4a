package dev.stabilitylab.lab.load;

import dev.stabilitylab.lab.http.AsyncHttp;
import dev.stabilitylab.lab.http.Body;
import dev.stabilitylab.lab.record.Page;
import dev.stabilitylab.lab.record.PageKind;
import dev.stabilitylab.lab.script.LoadSpec;
import dev.stabilitylab.lab.time.RunClock;
import dev.stabilitylab.lab.time.Timer;
import dev.stabilitylab.lab.time.Timer.Task;
import dev.stabilitylab.lab.world.World.Instance;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks homepage instances for {@code /home}. A user's patience counts from the moment the page was due, as latency does, and our own clock
 * decides: an answer that is complete after the patience is over is no answer.
 */
final class HttpPages implements Pages {

    private static final Logger log = LoggerFactory.getLogger(HttpPages.class);

    private final AsyncHttp http;
    private final Timer timer;
    private final RunClock clock;
    private final InFlight inFlight;
    /** By group, then by instance. */
    private final List<List<HttpRequest>> requests;

    private final long patience;
    private final boolean traced;

    HttpPages(
            AsyncHttp http,
            Timer timer,
            RunClock clock,
            InFlight inFlight,
            List<Instance> instances,
            LoadSpec spec,
            boolean traced) {
        this.http = http;
        this.timer = timer;
        this.clock = clock;
        this.inFlight = inFlight;
        this.requests = spec.groups().stream()
                .map(group -> instances.stream()
                        .map(instance -> request(instance, group.authorization()))
                        .toList())
                .toList();
        this.patience = spec.patience().toNanos();
        this.traced = traced;
    }

    private static HttpRequest request(Instance instance, String authorization) {
        return HttpRequest.newBuilder(instance.baseUrl().resolve("/home"))
                .header("Authorization", authorization)
                .header("Accept", "application/json, application/problem+json")
                .build();
    }

    @Override
    public boolean ask(Wish wish, Consumer<Page> ended) {
        switch (inFlight.enter()) {
            case CLOSED -> {
                return false;
            }
            case FULL -> ended.accept(page(wish, clock.nanos(), PageKind.NOT_SENT, 0, false));
            case ENTERED -> send(request(wish), wish, ended);
        }
        return true;
    }

    private HttpRequest request(Wish wish) {
        List<HttpRequest> ofGroup = requests.get(wish.group());
        HttpRequest request = ofGroup.get((int) (wish.user() % ofGroup.size()));
        return traced ? traced(request) : request;
    }

    private static HttpRequest traced(HttpRequest request) {
        return HttpRequest.newBuilder(request, (name, value) -> true)
                .header(TraceParent.HEADER, TraceParent.next(ThreadLocalRandom.current()))
                .build();
    }

    private void send(HttpRequest request, Wish wish, Consumer<Page> ended) {
        long due = wish.dueNanos();
        CompletableFuture<HttpResponse<Body>> call = http.send(request);
        inFlight.track(call);
        Task impatience = timer.at(due + patience, () -> call.cancel(true));
        var unused = call.whenComplete((response, failure) -> {
            long now = clock.nanos();
            impatience.cancel();
            try {
                // Cancelled before the patience was over: nobody waits for this page any more. The call itself may not
                // know yet
                // that it is cancelled, only that its connection is gone.
                boolean givenUp = call.isCancelled() || inFlight.isCancelled();
                if (!givenUp || now - due >= patience) {
                    ended.accept(judge(request, wish, now, response, failure));
                }
            } finally {
                inFlight.leave(call);
            }
        });
    }

    private Page judge(
            HttpRequest request,
            Wish wish,
            long now,
            @Nullable HttpResponse<Body> response,
            @Nullable Throwable failure) {
        if (now - wish.dueNanos() >= patience) {
            return page(wish, now, PageKind.TIMED_OUT, response == null ? 0 : response.statusCode(), false);
        }
        if (response == null) {
            log.debug("{} gave no answer", request.uri(), failure);
            return page(wish, now, PageKind.CONNECTION_ERROR, 0, false);
        }
        int status = response.statusCode();
        return page(
                wish,
                now,
                PageClassifier.classify(status, response.headers().allValues("Degraded"), response.body()),
                status,
                response.headers().firstValue("Retry-After").isPresent());
    }

    private static Page page(Wish wish, long ended, PageKind kind, int status, boolean retryAfter) {
        return new Page(
                Math.floorDiv(wish.dueNanos(), 1000),
                Math.floorDiv(ended, 1000),
                kind,
                status,
                wish.group(),
                wish.reloads() > 0,
                retryAfter);
    }
}

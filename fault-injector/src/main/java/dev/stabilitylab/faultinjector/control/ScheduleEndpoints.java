package dev.stabilitylab.faultinjector.control;

import static io.netty.handler.codec.http.HttpMethod.DELETE;
import static io.netty.handler.codec.http.HttpMethod.GET;
import static io.netty.handler.codec.http.HttpMethod.POST;
import static io.netty.handler.codec.http.HttpMethod.PUT;

import dev.stabilitylab.faultinjector.proxy.Proxies;
import dev.stabilitylab.faultinjector.schedule.Schedule;
import dev.stabilitylab.faultinjector.schedule.Scheduler;
import dev.stabilitylab.faultinjector.schedule.Timeline;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Set;
import java.util.stream.Collectors;

/** The control API's path for schedules, which Toxiproxy does not have. */
final class ScheduleEndpoints {

    private static final String PATH = "/schedule";

    private final Scheduler scheduler;
    private final Proxies proxies;

    ScheduleEndpoints(Scheduler scheduler, Proxies proxies) {
        this.scheduler = scheduler;
        this.proxies = proxies;
    }

    Router addTo(Router router) {
        return router.on(PUT, PATH, (path, body) -> start(body))
                .on(GET, PATH, (path, body) -> show())
                .on(DELETE, PATH, (path, body) -> cancel())
                .on(POST, PATH + "/keepalive", (path, body) -> keepAlive());
    }

    private Response start(byte[] body) {
        Set<String> names =
                proxies.all().stream().map(proxy -> proxy.settings().name()).collect(Collectors.toSet());
        Timeline timeline = ScheduleBody.read(Json.parseStrictly(body), names);
        if (scheduler.isRunning()) {
            throw new ApiException(
                    HttpResponseStatus.CONFLICT, "a schedule is running; cancel it first, with DELETE " + PATH);
        }
        return Response.created(ScheduleBody.state(scheduler.start(timeline)));
    }

    private Response show() {
        Schedule schedule = scheduler
                .current()
                .orElseThrow(() -> new ApiException(HttpResponseStatus.NOT_FOUND, "there has been no schedule yet"));
        return Response.ok(ScheduleBody.state(schedule));
    }

    private Response keepAlive() {
        scheduler.keepAlive();
        return show();
    }

    private Response cancel() {
        scheduler.cancel();
        return Response.noContent();
    }

    /** Cancels what is still to come, and nothing else. */
    void stop() {
        scheduler.stop();
    }
}

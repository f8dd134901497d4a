package dev.stabilitylab.faultinjector.control;

import static io.netty.handler.codec.http.HttpMethod.DELETE;
import static io.netty.handler.codec.http.HttpMethod.GET;
import static io.netty.handler.codec.http.HttpMethod.PATCH;
import static io.netty.handler.codec.http.HttpMethod.POST;
import static io.netty.handler.codec.http.HttpMethod.PUT;

import dev.stabilitylab.faultinjector.metrics.Metrics;
import dev.stabilitylab.faultinjector.proxy.AppliedToxic;
import dev.stabilitylab.faultinjector.proxy.Proxies;
import dev.stabilitylab.faultinjector.proxy.Proxy;
import dev.stabilitylab.faultinjector.proxy.RefusedException;
import dev.stabilitylab.faultinjector.proxy.Resolution;
import dev.stabilitylab.faultinjector.proxy.Toxics;
import dev.stabilitylab.faultinjector.proxy.WantedProxy;
import dev.stabilitylab.faultinjector.proxy.WantedProxy.WantedToxic;
import dev.stabilitylab.faultinjector.schedule.Schedule;
import dev.stabilitylab.faultinjector.schedule.Scheduler;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The paths of the control API, which are Toxiproxy's and a few more, and what each does. */
final class Endpoints {

    private static final String PROXY = "/proxies/*";
    private static final String TOXICS = PROXY + "/toxics";
    private static final String TOXIC = TOXICS + "/*";
    private static final String SCHEDULE = "/schedule";

    private final Proxies proxies;
    private final Scheduler scheduler;
    private final Optional<ConfigFile> config;
    private final Executor changes;
    private final Metrics metrics;

    /** @param changes where changes are made */
    Endpoints(Proxies proxies, Scheduler scheduler, Optional<ConfigFile> config, Executor changes) {
        this.proxies = proxies;
        this.scheduler = scheduler;
        this.config = config;
        this.changes = changes;
        this.metrics = new Metrics(proxies, scheduler);
    }

    Router addTo(Router router) {
        return router.on(GET, "/version", (path, body) -> version())
                .on(GET, "/metrics", (path, body) -> Responses.text(Metrics.CONTENT_TYPE, metrics.read()))
                .on(GET, "/events", (path, body) -> Responses.events())
                .onLater(POST, "/reset", (path, body) -> reset())
                .onLater(POST, "/populate", (path, body) -> populate(body))
                .onLater(POST, "/reload", (path, body) -> reload())
                .on(GET, "/proxies", (path, body) -> listProxies())
                .onLater(POST, "/proxies", (path, body) -> addProxy(body))
                .on(GET, PROXY, (path, body) -> Responses.ok(ProxyBody.of(proxy(path))))
                .onLater(POST, PROXY, (path, body) -> changeProxy(proxy(path), body))
                .onLater(PATCH, PROXY, (path, body) -> changeProxy(proxy(path), body))
                .on(DELETE, PROXY, (path, body) -> done(() -> proxies.remove(path.get(1))))
                .on(GET, TOXICS, (path, body) -> Responses.ok(ProxyBody.toxics(proxy(path))))
                .on(POST, TOXICS, (path, body) -> addToxic(toxics(path), body))
                .on(GET, TOXIC, (path, body) -> showToxic(toxics(path), path.get(3)))
                .on(POST, TOXIC, (path, body) -> changeToxic(toxics(path), path.get(3), body))
                .on(PATCH, TOXIC, (path, body) -> changeToxic(toxics(path), path.get(3), body))
                .on(DELETE, TOXIC, (path, body) -> done(() -> toxics(path).remove(path.get(3))))
                .on(PUT, SCHEDULE, (path, body) -> startSchedule(body))
                .on(GET, SCHEDULE, (path, body) -> showSchedule())
                .on(DELETE, SCHEDULE, (path, body) -> done(scheduler::cancel))
                .on(POST, SCHEDULE + "/keepalive", (path, body) -> keepScheduleAlive());
    }

    private static HttpResponse done(Runnable change) {
        change.run();
        return Responses.noContent();
    }

    /** The version whose API this is, to the letter as Toxiproxy answers it, since clients decide by it what they can ask for. */
    private static HttpResponse version() {
        return Responses.text("application/json;charset=utf-8", "{\"version\": \"2.12.0\"}\n");
    }

    /** Other changes may be made while the hosts are looked up, and none while this one is. */
    private CompletableFuture<HttpResponse> afterLookup(
            Stream<String> hosts, Function<Map<String, Resolution>, HttpResponse> change) {
        CompletableFuture<Map<String, Resolution>> lookup = proxies.lookUp(hosts.toList());
        return lookup.isDone() ? lookup.thenApply(change) : lookup.thenApplyAsync(change, changes);
    }

    private CompletableFuture<HttpResponse> reset() {
        Stream<String> hosts =
                proxies.all().stream().map(proxy -> proxy.settings().listen().host());
        return afterLookup(
                hosts,
                found -> done(() -> {
                    scheduler.stop();
                    proxies.reset(found);
                }));
    }

    private CompletableFuture<HttpResponse> populate(byte[] text) {
        List<ProxyBody> bodies;
        List<Optional<List<WantedToxic>>> toxics;
        try {
            bodies = ProxyBody.list(Json.STRICT.parse(text));
            toxics = Json.each("proxy", bodies, ProxyBody::wantedToxics);
        } catch (ApiException | IllegalArgumentException e) {
            return CompletableFuture.completedFuture(
                    ApiException.of(e).orElseThrow().response(List.of()));
        }
        Stream<String> hosts = bodies.stream().map(ProxyBody::listenHost).flatMap(Optional::stream);
        return afterLookup(hosts, found -> populate(bodies, toxics, found));
    }

    /** What comes before a proxy that cannot be had stays, as with Toxiproxy. */
    private HttpResponse populate(
            List<ProxyBody> bodies, List<Optional<List<WantedToxic>>> toxics, Map<String, Resolution> found) {
        List<ProxyBody> done = new ArrayList<>();
        try {
            for (int i = 0; i < bodies.size(); i++) {
                WantedProxy wanted = wanted(bodies.get(i), i + 1).withToxics(toxics.get(i));
                done.add(ProxyBody.of(proxies.populate(wanted.with(found))));
            }
        } catch (ApiException | RefusedException | IllegalArgumentException e) {
            return ApiException.of(e).orElseThrow().response(done);
        }
        return Responses.created(Map.of("proxies", done));
    }

    private static WantedProxy wanted(ProxyBody body, int position) {
        try {
            return body.wanted();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("proxy %d: %s".formatted(position, e.getMessage()), e);
        }
    }

    private CompletableFuture<HttpResponse> reload() {
        ConfigFile file = config.orElseThrow(() -> new ApiException(
                HttpResponseStatus.CONFLICT,
                "there is no file to reload; start the fault injector with --config FILE"));
        List<ConfigFile.Entry> entries = fromFile(file::read);
        Stream<String> hosts = entries.stream().map(entry -> entry.wanted().listenHost());
        return afterLookup(hosts, found -> {
            List<Proxy> applied = fromFile(() -> file.apply(entries, proxies, found));
            return Responses.ok(
                    Map.of("proxies", applied.stream().map(ProxyBody::of).toList()));
        });
    }

    /** It is not the body of the request that cannot be used. */
    private static <T> T fromFile(Supplier<T> step) {
        try {
            return step.get();
        } catch (IllegalArgumentException e) {
            throw new ApiException(String.valueOf(e.getMessage()));
        }
    }

    private Proxy proxy(List<String> path) {
        return proxies.get(path.get(1));
    }

    private Toxics toxics(List<String> path) {
        return proxy(path).toxics();
    }

    private HttpResponse listProxies() {
        Map<String, ProxyBody> all = new TreeMap<>();
        proxies.all().forEach(proxy -> all.put(proxy.settings().name(), ProxyBody.of(proxy)));
        return Responses.ok(all);
    }

    private CompletableFuture<HttpResponse> addProxy(byte[] text) {
        WantedProxy wanted = Json.LENIENT.read(text, ProxyBody.class).wanted();
        return afterLookup(
                Stream.of(wanted.listenHost()),
                found -> Responses.created(ProxyBody.of(proxies.add(wanted.with(found)))));
    }

    private CompletableFuture<HttpResponse> changeProxy(Proxy proxy, byte[] text) {
        ProxyBody body = Json.LENIENT.read(text, ProxyBody.class);
        String host = body.change(proxy.settings()).listenHost();
        return afterLookup(Stream.of(host), found -> {
            // Somebody else may have changed or removed the proxy while the host was looked up.
            Proxy there = proxies.get(proxy.settings().name());
            WantedProxy wanted = body.change(there.settings()).with(found);
            wanted.requireListenHost();
            return Responses.ok(ProxyBody.of(proxies.update(wanted)));
        });
    }

    private static HttpResponse addToxic(Toxics toxics, byte[] text) {
        ToxicBody body = Json.LENIENT.read(text, ToxicBody.class);
        AppliedToxic toxic = body.toxic(toxics::requireFree);
        toxics.add(toxic, body.lifetime());
        return showToxic(toxics, toxic.name());
    }

    private static HttpResponse changeToxic(Toxics toxics, String name, byte[] text) {
        ToxicBody body = Json.LENIENT.read(text, ToxicBody.class);
        toxics.change(body.change(toxics.get(name)), body.lifetime());
        return showToxic(toxics, name);
    }

    private static HttpResponse showToxic(Toxics toxics, String name) {
        return Responses.ok(ToxicBody.of(toxics.get(name), toxics, toxics.remaining(name)));
    }

    private HttpResponse startSchedule(byte[] text) {
        ScheduleBody body = Json.STRICT.read(text, ScheduleBody.class);
        List<Schedule.Event> events = body.events(proxies.byName().keySet());
        if (scheduler.isRunning()) {
            throw new ApiException(
                    HttpResponseStatus.CONFLICT, "a schedule is running; cancel it first, with DELETE " + SCHEDULE);
        }
        return Responses.created(ScheduleBody.state(scheduler.start(events, body.keepaliveMillis())));
    }

    private HttpResponse showSchedule() {
        return Responses.ok(ScheduleBody.state(scheduler
                .current()
                .orElseThrow(() -> new ApiException(HttpResponseStatus.NOT_FOUND, "there has been no schedule yet"))));
    }

    private HttpResponse keepScheduleAlive() {
        scheduler.keepAlive();
        return showSchedule();
    }
}

package dev.stabilitylab.faultinjector.control;

import static io.netty.handler.codec.http.HttpMethod.DELETE;
import static io.netty.handler.codec.http.HttpMethod.GET;
import static io.netty.handler.codec.http.HttpMethod.PATCH;
import static io.netty.handler.codec.http.HttpMethod.POST;

import dev.stabilitylab.faultinjector.metrics.Metrics;
import dev.stabilitylab.faultinjector.proxy.Proxies;
import dev.stabilitylab.faultinjector.proxy.Proxy;
import dev.stabilitylab.faultinjector.proxy.RefusedException;
import dev.stabilitylab.faultinjector.proxy.Resolution;
import dev.stabilitylab.faultinjector.proxy.WantedProxy;
import dev.stabilitylab.faultinjector.proxy.WantedProxy.WantedToxic;
import dev.stabilitylab.faultinjector.schedule.Scheduler;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;

/** The paths of the control API, which are Toxiproxy's, and what each does. */
final class Endpoints {

    /** The version whose API this is. */
    private static final String TOXIPROXY_VERSION = "2.12.0";

    private final Proxies proxies;
    private final Optional<ConfigFile> config;
    private final Executor changes;
    private final ToxicEndpoints toxics;
    private final ScheduleEndpoints schedules;
    private final Metrics metrics;

    /** @param changes where changes are made */
    Endpoints(Proxies proxies, Scheduler scheduler, Optional<ConfigFile> config, Executor changes) {
        this.proxies = proxies;
        this.config = config;
        this.changes = changes;
        this.toxics = new ToxicEndpoints(proxies);
        this.schedules = new ScheduleEndpoints(scheduler, proxies);
        this.metrics = new Metrics(proxies, scheduler);
    }

    Router router() {
        return toxics.addTo(schedules.addTo(new Router()))
                .on(GET, "/version", (path, body) -> version())
                .on(GET, "/metrics", (path, body) -> Response.text(Metrics.CONTENT_TYPE, metrics.read()))
                .on(GET, "/events", (path, body) -> Response.events())
                .onLater(POST, "/reset", (path, body) -> reset())
                .onLater(POST, "/populate", (path, body) -> populate(body))
                .onLater(POST, "/reload", (path, body) -> reload())
                .on(GET, "/proxies", (path, body) -> listProxies())
                .onLater(POST, "/proxies", (path, body) -> addProxy(body))
                .on(GET, "/proxies/*", (path, body) -> Response.ok(ProxyBody.of(proxies.get(path.get(0)))))
                .onLater(POST, "/proxies/*", (path, body) -> changeProxy(path.get(0), body))
                .onLater(PATCH, "/proxies/*", (path, body) -> changeProxy(path.get(0), body))
                .on(DELETE, "/proxies/*", (path, body) -> removeProxy(path.get(0)));
    }

    /** To the letter as Toxiproxy answers it, since clients decide by it what they can ask for. */
    private static Response version() {
        return Response.text("application/json;charset=utf-8", "{\"version\": \"%s\"}\n".formatted(TOXIPROXY_VERSION));
    }

    /** Other changes may be made while the hosts are looked up, and none while this one is. */
    private CompletableFuture<Response> afterLookup(
            Collection<String> hosts, Function<Map<String, Resolution>, Response> change) {
        CompletableFuture<Map<String, Resolution>> lookup = proxies.lookUp(hosts);
        return lookup.isDone() ? lookup.thenApply(change) : lookup.thenApplyAsync(change, changes);
    }

    private CompletableFuture<Response> reset() {
        List<String> hosts = proxies.all().stream()
                .map(proxy -> proxy.settings().listen().host())
                .toList();
        return afterLookup(hosts, found -> {
            schedules.stop();
            proxies.reset(found);
            return Response.noContent();
        });
    }

    private CompletableFuture<Response> populate(byte[] text) {
        List<ProxyBody> bodies;
        List<Optional<List<WantedToxic>>> toxics;
        try {
            bodies = ProxyBody.list(Json.parseStrictly(text));
            toxics = Json.each("proxy", bodies, ProxyBody::wantedToxics);
        } catch (ApiException | IllegalArgumentException e) {
            return CompletableFuture.completedFuture(ApiException.of(e).response(List.of()));
        }
        List<String> hosts = bodies.stream()
                .map(ProxyBody::listenHost)
                .flatMap(Optional::stream)
                .toList();
        return afterLookup(hosts, found -> populate(bodies, toxics, found));
    }

    /** What comes before a proxy that cannot be had stays, as with Toxiproxy. */
    private Response populate(
            List<ProxyBody> bodies, List<Optional<List<WantedToxic>>> toxics, Map<String, Resolution> found) {
        List<ProxyBody> done = new ArrayList<>();
        try {
            for (int i = 0; i < bodies.size(); i++) {
                WantedProxy wanted = wanted(bodies.get(i), i + 1).withToxics(toxics.get(i));
                done.add(ProxyBody.of(proxies.populate(wanted.with(found))));
            }
        } catch (ApiException | RefusedException | IllegalArgumentException e) {
            return ApiException.of(e).response(done);
        }
        return Response.created(Map.of("proxies", done));
    }

    private static WantedProxy wanted(ProxyBody body, int position) {
        try {
            return body.wanted();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("proxy %d: %s".formatted(position, e.getMessage()), e);
        }
    }

    private CompletableFuture<Response> reload() {
        ConfigFile file = config.orElseThrow(() -> new ApiException(
                HttpResponseStatus.CONFLICT,
                "there is no file to reload; start the fault injector with --config FILE"));
        List<ConfigFile.Entry> entries = fromFile(file::read);
        List<String> hosts =
                entries.stream().map(entry -> entry.wanted().listenHost()).toList();
        return afterLookup(hosts, found -> {
            List<Proxy> applied = fromFile(() -> file.apply(entries, proxies, found));
            return Response.ok(
                    Map.of("proxies", applied.stream().map(ProxyBody::of).toList()));
        });
    }

    /** It is not the body of the request that cannot be used. */
    private static <T> T fromFile(Supplier<T> step) {
        try {
            return step.get();
        } catch (IllegalArgumentException e) {
            throw new ApiException(HttpResponseStatus.BAD_REQUEST, String.valueOf(e.getMessage()));
        }
    }

    private Response listProxies() {
        Map<String, ProxyBody> all = new TreeMap<>();
        proxies.all().forEach(proxy -> all.put(proxy.settings().name(), ProxyBody.of(proxy)));
        return Response.ok(all);
    }

    private CompletableFuture<Response> addProxy(byte[] text) {
        WantedProxy wanted = ProxyBody.of(Json.parse(text)).wanted();
        return afterLookup(
                List.of(wanted.listenHost()), found -> Response.created(ProxyBody.of(proxies.add(wanted.with(found)))));
    }

    private CompletableFuture<Response> changeProxy(String name, byte[] text) {
        Proxy proxy = proxies.get(name);
        ProxyBody body = ProxyBody.of(Json.parse(text));
        return afterLookup(
                List.of(body.change(proxy.settings()).listenHost()), found -> changeProxy(name, body, found));
    }

    /** Somebody else may have changed the proxy while the host was looked up. */
    private Response changeProxy(String name, ProxyBody body, Map<String, Resolution> found) {
        WantedProxy wanted = body.change(proxies.get(name).settings()).with(found);
        wanted.requireListenHost();
        return Response.ok(ProxyBody.of(proxies.update(wanted)));
    }

    private Response removeProxy(String name) {
        proxies.remove(name);
        return Response.noContent();
    }
}

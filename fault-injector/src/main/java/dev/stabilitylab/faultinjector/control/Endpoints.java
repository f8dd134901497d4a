package dev.stabilitylab.faultinjector.control;

import static io.netty.handler.codec.http.HttpMethod.DELETE;
import static io.netty.handler.codec.http.HttpMethod.GET;
import static io.netty.handler.codec.http.HttpMethod.PATCH;
import static io.netty.handler.codec.http.HttpMethod.POST;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stabilitylab.faultinjector.control.Reply.AfterLookup;
import dev.stabilitylab.faultinjector.metrics.Metrics;
import dev.stabilitylab.faultinjector.proxy.Proxies;
import dev.stabilitylab.faultinjector.proxy.Proxy;
import dev.stabilitylab.faultinjector.proxy.RefusedException;
import dev.stabilitylab.faultinjector.proxy.Resolution;
import dev.stabilitylab.faultinjector.proxy.WantedProxy;
import dev.stabilitylab.faultinjector.schedule.Scheduler;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The paths of the control API, which are Toxiproxy's, and what each does. */
final class Endpoints {

    /** The version whose API this is. */
    private static final String TOXIPROXY_VERSION = "2.12.0";

    private final Proxies proxies;
    private final ToxicEndpoints toxics;
    private final ScheduleEndpoints schedules;
    private final Metrics metrics;

    Endpoints(Proxies proxies, Scheduler scheduler) {
        this.proxies = proxies;
        this.toxics = new ToxicEndpoints(proxies);
        this.schedules = new ScheduleEndpoints(scheduler, proxies);
        this.metrics = new Metrics(proxies, scheduler);
    }

    Router router() {
        return toxics.addTo(schedules.addTo(new Router()))
                .on(GET, "/version", (path, body) -> version())
                .on(GET, "/metrics", (path, body) -> Response.text(Metrics.CONTENT_TYPE, metrics.read()))
                .on(GET, "/events", (path, body) -> Response.events())
                .on(POST, "/reset", (path, body) -> reset())
                .on(POST, "/populate", (path, body) -> populate(body))
                .on(GET, "/proxies", (path, body) -> listProxies())
                .on(POST, "/proxies", (path, body) -> addProxy(body))
                .on(GET, "/proxies/*", (path, body) -> Response.ok(ProxyJson.write(proxies.get(path.get(0)))))
                .on(POST, "/proxies/*", (path, body) -> changeProxy(path.get(0), body))
                .on(PATCH, "/proxies/*", (path, body) -> changeProxy(path.get(0), body))
                .on(DELETE, "/proxies/*", (path, body) -> removeProxy(path.get(0)));
    }

    /** To the letter as Toxiproxy answers it, since clients decide by it what they can ask for. */
    private static Response version() {
        return Response.text("application/json;charset=utf-8", "{\"version\": \"%s\"}\n".formatted(TOXIPROXY_VERSION));
    }

    private Reply reset() {
        List<String> hosts = proxies.all().stream()
                .map(proxy -> proxy.settings().listen().host())
                .toList();
        return new AfterLookup(hosts, this::reset);
    }

    private Response reset(Map<String, Resolution> found) {
        schedules.stop();
        proxies.reset(found);
        return Response.noContent();
    }

    private Reply populate(byte[] body) {
        List<Fields> entries;
        try {
            entries = ProxyJson.entries(Json.parse(body));
        } catch (IllegalArgumentException e) {
            return failedPopulate(ApiException.of(e), Json.array());
        } catch (ApiException e) {
            return failedPopulate(e, Json.array());
        }
        List<String> hosts = entries.stream()
                .map(ProxyJson::listenHost)
                .flatMap(Optional::stream)
                .toList();
        return new AfterLookup(hosts, found -> populate(entries, found));
    }

    /** What comes before an entry that cannot be had stays, as with Toxiproxy. */
    private Response populate(List<Fields> entries, Map<String, Resolution> found) {
        ArrayNode done = Json.array();
        try {
            for (Fields entry : entries) {
                WantedProxy wanted = ProxyJson.read(entry, done.size() + 1).with(found);
                done.add(ProxyJson.write(proxies.populate(wanted)));
            }
        } catch (RefusedException e) {
            return failedPopulate(ApiException.of(e), done);
        } catch (IllegalArgumentException e) {
            return failedPopulate(ApiException.of(e), done);
        } catch (ApiException e) {
            return failedPopulate(e, done);
        }
        ObjectNode node = Json.object();
        node.set("proxies", done);
        return Response.created(node);
    }

    private static Response failedPopulate(ApiException e, ArrayNode done) {
        ObjectNode node = e.json();
        node.set("proxies", done);
        return Response.json(e.status(), node);
    }

    private Response listProxies() {
        ObjectNode node = Json.object();
        proxies.all().forEach(proxy -> node.set(proxy.settings().name(), ProxyJson.write(proxy)));
        return Response.ok(node);
    }

    private Reply addProxy(byte[] body) {
        WantedProxy wanted = ProxyJson.read(ProxyJson.fields(Json.parse(body)));
        return new AfterLookup(
                List.of(wanted.listenHost()),
                found -> Response.created(ProxyJson.write(proxies.add(wanted.with(found)))));
    }

    private Reply changeProxy(String name, byte[] body) {
        Proxy proxy = proxies.get(name);
        Fields fields = ProxyJson.fields(Json.parse(body));
        WantedProxy wanted = ProxyJson.readChange(fields, proxy.settings());
        return new AfterLookup(List.of(wanted.listenHost()), found -> changeProxy(name, fields, found));
    }

    /** Somebody else may have changed the proxy while the host was looked up. */
    private Response changeProxy(String name, Fields fields, Map<String, Resolution> found) {
        WantedProxy wanted =
                ProxyJson.readChange(fields, proxies.get(name).settings()).with(found);
        wanted.requireListenHost();
        return Response.ok(ProxyJson.write(proxies.update(wanted)));
    }

    private Response removeProxy(String name) {
        proxies.remove(name);
        return Response.noContent();
    }
}

package dev.stabilitylab.faultinjector.control;

import static io.netty.handler.codec.http.HttpMethod.DELETE;
import static io.netty.handler.codec.http.HttpMethod.GET;
import static io.netty.handler.codec.http.HttpMethod.PATCH;
import static io.netty.handler.codec.http.HttpMethod.POST;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stabilitylab.faultinjector.metrics.MetricsText;
import dev.stabilitylab.faultinjector.proxy.Proxies;
import dev.stabilitylab.faultinjector.proxy.Proxy;
import dev.stabilitylab.faultinjector.proxy.RefusedException;
import dev.stabilitylab.faultinjector.schedule.Scheduler;

/** The paths of the control API, which are Toxiproxy's, and what each does. */
final class Endpoints {

    /** The version whose API this is. */
    private static final String TOXIPROXY_VERSION = "2.12.0";

    private final Proxies proxies;
    private final ToxicEndpoints toxics;
    private final ScheduleEndpoints schedules;
    private final MetricsText metrics;

    Endpoints(Proxies proxies, Scheduler scheduler) {
        this.proxies = proxies;
        this.toxics = new ToxicEndpoints(proxies);
        this.schedules = new ScheduleEndpoints(scheduler, proxies);
        this.metrics = new MetricsText(proxies);
    }

    Router router() {
        return toxics.addTo(schedules.addTo(new Router()))
                .on(GET, "/version", (path, body) -> version())
                .on(GET, "/metrics", (path, body) -> Answer.text(MetricsText.CONTENT_TYPE, metrics.read()))
                .on(GET, "/events", (path, body) -> Answer.events())
                .on(POST, "/reset", (path, body) -> reset())
                .on(POST, "/populate", (path, body) -> populate(body))
                .on(GET, "/proxies", (path, body) -> listProxies())
                .on(POST, "/proxies", (path, body) -> addProxy(body))
                .on(GET, "/proxies/*", (path, body) -> Answer.ok(ProxyJson.write(proxies.get(path.get(0)))))
                .on(POST, "/proxies/*", (path, body) -> changeProxy(path.get(0), body))
                .on(PATCH, "/proxies/*", (path, body) -> changeProxy(path.get(0), body))
                .on(DELETE, "/proxies/*", (path, body) -> removeProxy(path.get(0)));
    }

    /** To the letter as Toxiproxy answers it, since clients decide by it what they can ask for. */
    private static Answer version() {
        return Answer.text("application/json;charset=utf-8", "{\"version\": \"%s\"}\n".formatted(TOXIPROXY_VERSION));
    }

    private Answer reset() {
        schedules.stop();
        proxies.reset();
        return Answer.noContent();
    }

    /** What comes before an entry that cannot be had stays, as with Toxiproxy. */
    private Answer populate(byte[] body) {
        ArrayNode done = Json.array();
        try {
            for (Fields entry : ProxyJson.entries(Json.parse(body))) {
                done.add(ProxyJson.write(proxies.populate(ProxyJson.read(entry, done.size() + 1))));
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
        return Answer.created(node);
    }

    private static Answer failedPopulate(ApiException e, ArrayNode done) {
        ObjectNode node = e.json();
        node.set("proxies", done);
        return Answer.json(e.status(), node);
    }

    private Answer listProxies() {
        ObjectNode node = Json.object();
        proxies.all().forEach(proxy -> node.set(proxy.settings().name(), ProxyJson.write(proxy)));
        return Answer.ok(node);
    }

    private Answer addProxy(byte[] body) {
        return Answer.created(ProxyJson.write(proxies.add(ProxyJson.read(ProxyJson.fields(Json.parse(body))))));
    }

    private Answer changeProxy(String name, byte[] body) {
        Proxy proxy = proxies.get(name);
        return Answer.ok(ProxyJson.write(
                proxies.update(ProxyJson.readChange(ProxyJson.fields(Json.parse(body)), proxy.settings()))));
    }

    private Answer removeProxy(String name) {
        proxies.remove(name);
        return Answer.noContent();
    }
}

package dev.stabilitylab.faultinjector.control;

import static io.netty.handler.codec.http.HttpMethod.DELETE;
import static io.netty.handler.codec.http.HttpMethod.GET;
import static io.netty.handler.codec.http.HttpMethod.PATCH;
import static io.netty.handler.codec.http.HttpMethod.POST;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stabilitylab.faultinjector.metrics.MetricsText;
import dev.stabilitylab.faultinjector.proxy.AppliedToxic;
import dev.stabilitylab.faultinjector.proxy.Proxies;
import dev.stabilitylab.faultinjector.proxy.Proxy;
import dev.stabilitylab.faultinjector.proxy.RefusedException;
import dev.stabilitylab.faultinjector.schedule.Scheduler;

/** The paths of the control API, which are Toxiproxy's, and what each does. */
final class Endpoints {

    /** The version whose API this is. */
    private static final String TOXIPROXY_VERSION = "2.12.0";

    private final Proxies proxies;
    private final ScheduleEndpoints schedules;
    private final MetricsText metrics;

    Endpoints(Proxies proxies, Scheduler scheduler) {
        this.proxies = proxies;
        this.schedules = new ScheduleEndpoints(scheduler, proxies);
        this.metrics = new MetricsText(proxies, scheduler);
    }

    Router router() {
        return schedules
                .addTo(new Router())
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
                .on(DELETE, "/proxies/*", (path, body) -> removeProxy(path.get(0)))
                .on(GET, "/proxies/*/toxics", (path, body) -> listToxics(path.get(0)))
                .on(POST, "/proxies/*/toxics", (path, body) -> addToxic(path.get(0), body))
                .on(GET, "/proxies/*/toxics/*", (path, body) -> showToxic(path.get(0), path.get(1)))
                .on(POST, "/proxies/*/toxics/*", (path, body) -> changeToxic(path.get(0), path.get(1), body))
                .on(PATCH, "/proxies/*/toxics/*", (path, body) -> changeToxic(path.get(0), path.get(1), body))
                .on(DELETE, "/proxies/*/toxics/*", (path, body) -> removeToxic(path.get(0), path.get(1)));
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

    private Answer listToxics(String proxy) {
        return Answer.ok(ProxyJson.writeToxics(proxies.get(proxy)));
    }

    private Answer addToxic(String proxy, byte[] body) {
        Proxy owner = proxies.get(proxy);
        Fields fields = ToxicJson.fields(Json.parse(body));
        AppliedToxic toxic = ToxicJson.read(fields, owner::requireFree);
        owner.add(toxic, fields.lifetime());
        return show(owner, toxic.name());
    }

    private Answer showToxic(String proxy, String name) {
        return show(proxies.get(proxy), name);
    }

    private Answer changeToxic(String proxy, String name, byte[] body) {
        Proxy owner = proxies.get(proxy);
        Fields fields = ToxicJson.fields(Json.parse(body));
        owner.change(ToxicJson.readChange(fields, owner.toxic(name)), fields.lifetime());
        return show(owner, name);
    }

    private static Answer show(Proxy owner, String toxic) {
        return Answer.ok(ToxicJson.write(owner.toxic(toxic), owner.lifetime(toxic)));
    }

    private Answer removeToxic(String proxy, String name) {
        proxies.get(proxy).removeToxic(name);
        return Answer.noContent();
    }
}

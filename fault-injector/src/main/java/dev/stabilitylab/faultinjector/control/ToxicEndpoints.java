package dev.stabilitylab.faultinjector.control;

import static io.netty.handler.codec.http.HttpMethod.DELETE;
import static io.netty.handler.codec.http.HttpMethod.GET;
import static io.netty.handler.codec.http.HttpMethod.PATCH;
import static io.netty.handler.codec.http.HttpMethod.POST;

import dev.stabilitylab.faultinjector.proxy.AppliedToxic;
import dev.stabilitylab.faultinjector.proxy.Proxies;
import dev.stabilitylab.faultinjector.proxy.Toxics;

/** The control API's paths for the toxics of a proxy. */
final class ToxicEndpoints {

    private static final String ALL = "/proxies/*/toxics";
    private static final String ONE = "/proxies/*/toxics/*";

    private final Proxies proxies;

    ToxicEndpoints(Proxies proxies) {
        this.proxies = proxies;
    }

    Router addTo(Router router) {
        return router.on(GET, ALL, (path, body) -> Response.ok(ProxyBody.toxics(proxies.get(path.get(0)))))
                .on(POST, ALL, (path, body) -> add(toxics(path.get(0)), body))
                .on(GET, ONE, (path, body) -> show(toxics(path.get(0)), path.get(1)))
                .on(POST, ONE, (path, body) -> change(toxics(path.get(0)), path.get(1), body))
                .on(PATCH, ONE, (path, body) -> change(toxics(path.get(0)), path.get(1), body))
                .on(DELETE, ONE, (path, body) -> remove(toxics(path.get(0)), path.get(1)));
    }

    private Toxics toxics(String proxy) {
        return proxies.get(proxy).toxics();
    }

    private static Response add(Toxics toxics, byte[] text) {
        ToxicBody body = read(text);
        AppliedToxic toxic = body.toxic(toxics::requireFree);
        toxics.add(toxic, body.lifetime());
        return show(toxics, toxic.name());
    }

    private static Response show(Toxics toxics, String name) {
        return Response.ok(ToxicBody.of(toxics.get(name), toxics, toxics.remaining(name)));
    }

    private static Response change(Toxics toxics, String name, byte[] text) {
        ToxicBody body = read(text);
        toxics.change(body.change(toxics.get(name)), body.lifetime());
        return show(toxics, name);
    }

    private static ToxicBody read(byte[] text) {
        return Json.read(Json.parse(text), ToxicBody.class);
    }

    private static Response remove(Toxics toxics, String name) {
        toxics.remove(name);
        return Response.noContent();
    }
}

package dev.stabilitylab.faultinjector.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stabilitylab.faultinjector.proxy.Address;
import dev.stabilitylab.faultinjector.proxy.Proxy;
import dev.stabilitylab.faultinjector.proxy.ProxySettings;
import dev.stabilitylab.faultinjector.proxy.WantedProxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Proxies as the control API shows and takes them. */
public final class ProxyJson {

    /** Clients send back what they were shown, so {@code toxics} and {@code error} are taken, and left alone. */
    private static final Set<String> FIELDS =
            Set.of("name", "listen", "upstream", "enabled", "delay", "ttl", "toxics", "error");

    private static final String ANY_LOOPBACK_PORT = "127.0.0.1:0";

    private ProxyJson() {}

    /** With {@code delay}, {@code ttl} and {@code error} only where there is one. */
    static ObjectNode write(Proxy proxy) {
        ProxySettings settings = proxy.settings();
        ObjectNode node = Json.object()
                .put("name", settings.name())
                .put("listen", settings.listen().toString())
                .put("upstream", settings.upstream().toString())
                .put("enabled", settings.enabled());
        ToxicJson.writeLifetime(node, proxy.outage());
        proxy.problem().ifPresent(problem -> node.put("error", problem));
        node.set("toxics", writeToxics(proxy));
        return node;
    }

    static ArrayNode writeToxics(Proxy proxy) {
        ArrayNode list = Json.array();
        proxy.toxics().forEach(toxic -> list.add(ToxicJson.write(toxic, proxy.lifetime(toxic.name()))));
        return list;
    }

    static WantedProxy read(JsonNode body) {
        Fields fields = new Fields(body, FIELDS);
        ProxySettings settings = new ProxySettings(
                fields.requiredText("name"),
                Address.listen(fields.text("listen").orElse(ANY_LOOPBACK_PORT)),
                Address.upstream(fields.requiredText("upstream")),
                fields.flag("enabled").orElse(true));
        return new WantedProxy(settings, fields.lifetime());
    }

    /** What is not given stays as it was; but a {@code delay} or {@code ttl} that is not given is none. */
    static WantedProxy readChange(JsonNode body, ProxySettings before) {
        Fields fields = new Fields(body, FIELDS);
        String name = fields.text("name").orElse(before.name());
        if (!name.equals(before.name())) {
            throw new IllegalArgumentException("proxy %s cannot be renamed to %s".formatted(before.name(), name));
        }
        ProxySettings settings = new ProxySettings(
                name,
                fields.text("listen").map(Address::listen).orElse(before.listen()),
                fields.text("upstream").map(Address::upstream).orElse(before.upstream()),
                fields.flag("enabled").orElse(before.enabled()));
        return new WantedProxy(settings, fields.lifetime());
    }

    /**
     * Reads a list of proxies, as in a configuration file.
     *
     * @throws IllegalArgumentException when it is anything else; the message tells which entry is wrong
     */
    public static List<WantedProxy> readAll(byte[] text) {
        JsonNode list = Json.parse(text);
        if (!list.isArray()) {
            throw new IllegalArgumentException("it is not a JSON array of proxies");
        }
        List<WantedProxy> all = new ArrayList<>();
        for (JsonNode entry : list) {
            try {
                all.add(read(entry));
            } catch (ApiException | IllegalArgumentException e) {
                throw new IllegalArgumentException("proxy %d: %s".formatted(all.size() + 1, e.getMessage()), e);
            }
        }
        return all;
    }
}

package dev.stabilitylab.faultinjector.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stabilitylab.faultinjector.proxy.Address;
import dev.stabilitylab.faultinjector.proxy.AppliedToxic;
import dev.stabilitylab.faultinjector.proxy.ListenAddress;
import dev.stabilitylab.faultinjector.proxy.Proxy;
import dev.stabilitylab.faultinjector.proxy.ProxySettings;
import dev.stabilitylab.faultinjector.proxy.WantedProxy;
import dev.stabilitylab.faultinjector.proxy.WantedProxy.WantedToxic;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Proxies as the control API shows and takes them. */
public final class ProxyJson {

    /** Clients send back what they were shown, so {@code toxics} and {@code error} are taken, and left alone. */
    private static final Set<String> FIELDS =
            Set.of("name", "listen", "upstream", "enabled", "delay", "ttl", "toxics", "error");

    /** What a configuration file may say of a proxy; all of it counts. */
    private static final Set<String> FILE_FIELDS =
            Set.of("name", "listen", "upstream", "enabled", "delay", "ttl", "toxics");

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

    /** Those of the upstream direction first, as Toxiproxy lists them; otherwise in the order in which they were added. */
    static ArrayNode writeToxics(Proxy proxy) {
        ArrayNode list = Json.array();
        proxy.toxics().all().stream()
                .sorted(Comparator.comparing(AppliedToxic::direction))
                .forEach(toxic -> list.add(ToxicJson.write(toxic, proxy.toxics().remaining(toxic.name()))));
        return list;
    }

    /** The fields of a proxy, for {@link #read} and {@link #readChange}. */
    static Fields fields(JsonNode body) {
        return Fields.of(body, FIELDS);
    }

    static WantedProxy read(Fields fields) {
        ProxySettings settings = new ProxySettings(
                fields.requiredText("name"),
                listen(fields.text("listen").orElse("")),
                Address.upstream(fields.requiredText("upstream")),
                fields.flag("enabled").orElse(true));
        return new WantedProxy(settings, fields.lifetime());
    }

    /** The same from a list; what is wrong is said with the position, which counts from 1. */
    static WantedProxy read(Fields fields, int position) {
        try {
            return read(fields);
        } catch (IllegalArgumentException e) {
            throw inEntry(position, String.valueOf(e.getMessage()), e);
        }
    }

    /** What is not given stays as it was, but a {@code delay} or {@code ttl} that is not given is none. The name stays, as with Toxiproxy. */
    static WantedProxy readChange(Fields fields, ProxySettings before) {
        ProxySettings settings = new ProxySettings(
                before.name(),
                fields.text("listen").map(ProxyJson::listen).orElse(before.listen()),
                fields.text("upstream").map(Address::upstream).orElse(before.upstream()),
                fields.flag("enabled").orElse(before.enabled()));
        return new WantedProxy(settings, fields.lifetime());
    }

    /** The host at which it is to listen, if that is given as it should be. */
    static Optional<String> listenHost(Fields fields) {
        try {
            return fields.text("listen").map(text -> listen(text).host());
        } catch (IllegalArgumentException | ApiException e) {
            return Optional.empty();
        }
    }

    private static ListenAddress listen(String text) {
        try {
            return ListenAddress.of(Address.listen(text));
        } catch (IllegalArgumentException e) {
            throw ApiException.cannotListen(text, e);
        }
    }

    /** The entries of a list of proxies, each of which has a name and an upstream. */
    static List<Fields> entries(JsonNode list) {
        if (!list.isArray() && !list.isNull()) {
            throw new IllegalArgumentException("it is not a JSON array of proxies");
        }
        List<Fields> entries = new ArrayList<>();
        for (JsonNode entry : list) {
            Fields fields = fields(entry);
            int position = entries.size() + 1;
            for (String name : List.of("name", "upstream")) {
                if (fields.text(name).orElse("").isEmpty()) {
                    throw ApiException.missing("%s at proxy %d".formatted(name, position));
                }
            }
            entries.add(fields);
        }
        return entries;
    }

    /**
     * Reads a configuration file: a list of proxies, with their toxics. Stricter than the control API, since no client wrote it: a key
     * that is not known, or there twice, is an error.
     *
     * @throws IllegalArgumentException when it is anything else; the message tells which entry is wrong
     */
    public static List<WantedProxy> readFile(byte[] text) {
        JsonNode list = Json.parseStrictly(text);
        if (!list.isArray()) {
            throw new IllegalArgumentException("it is not a JSON array of proxies");
        }
        List<WantedProxy> all = new ArrayList<>();
        for (JsonNode entry : list) {
            try {
                Fields fields = Fields.strictlyOf(entry, FILE_FIELDS);
                WantedProxy wanted = read(fields);
                all.add(new WantedProxy(wanted.settings(), wanted.outage(), readToxics(fields)));
            } catch (ApiException e) {
                throw inEntry(all.size() + 1, e.reason(), e);
            } catch (IllegalArgumentException e) {
                throw inEntry(all.size() + 1, String.valueOf(e.getMessage()), e);
            }
        }
        return all;
    }

    private static List<WantedToxic> readToxics(Fields proxy) {
        JsonNode list = proxy.field("toxics").orElse(Json.array());
        if (!list.isArray()) {
            throw new IllegalArgumentException("toxics is %s; it must be an array of toxics".formatted(list));
        }
        List<WantedToxic> toxics = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (JsonNode entry : list) {
            int position = toxics.size() + 1;
            try {
                Fields fields = ToxicJson.strictFields(entry);
                AppliedToxic toxic = ToxicJson.read(fields, name -> requireFirst(names, name));
                toxics.add(new WantedToxic(toxic, fields.lifetime()));
            } catch (ApiException e) {
                throw new IllegalArgumentException("toxic %d: %s".formatted(position, e.reason()), e);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("toxic %d: %s".formatted(position, e.getMessage()), e);
            }
        }
        return toxics;
    }

    private static void requireFirst(Set<String> names, String name) {
        if (!names.add(name)) {
            throw new IllegalArgumentException("there is a toxic %s already".formatted(name));
        }
    }

    private static IllegalArgumentException inEntry(int position, String reason, RuntimeException cause) {
        return new IllegalArgumentException("proxy %d: %s".formatted(position, reason), cause);
    }
}

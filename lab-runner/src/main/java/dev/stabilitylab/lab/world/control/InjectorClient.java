package dev.stabilitylab.lab.world.control;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stabilitylab.lab.script.Fault;
import dev.stabilitylab.lab.world.WorldException;
import dev.stabilitylab.lab.world.control.ControlHttp.Reply;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Speaks the fault injector's control API, which is Toxiproxy's. */
public final class InjectorClient {

    private static final String NAME = "The fault injector";
    private static final int CONFLICT = 409;
    private static final int NOT_FOUND = 404;

    private final ControlCalls calls;
    private final URI baseUrl;
    /** Makes every toxic's name new, so that a repeated request for one cannot be mistaken for an earlier one's. */
    private final AtomicInteger toxics = new AtomicInteger();

    /** Asks nothing yet. */
    public InjectorClient(ControlCalls calls, URI baseUrl) {
        this.calls = calls;
        this.baseUrl = baseUrl;
    }

    /**
     * Breaks an upstream. The new fault is there before the old one goes, so that no request finds a whole upstream between them.
     *
     * @param atMost when the injector hears no more of it, it heals by itself then
     */
    public void inject(String upstream, Fault fault, Duration atMost) {
        Toxic toxic = Toxic.of(fault);
        if (toxic == null) {
            update(upstream, Map.of("enabled", false, "ttl", atMost.toMillis()));
            removeAllBut(upstream, null);
        } else {
            String name = "lab-" + toxics.incrementAndGet();
            add(upstream, name, toxic, fault.probability(), atMost);
            removeAllBut(upstream, name);
            enable(upstream);
        }
    }

    /** Takes every fault off an upstream. */
    public void heal(String upstream) {
        removeAllBut(upstream, null);
        enable(upstream);
    }

    /** Takes every fault off every upstream. */
    public void healAll() {
        send("POST", "/reset", null).orThrow(NAME);
    }

    /** By upstream, what is wrong with it, in words; empty where nothing is. Also says which upstreams there are. */
    public Map<String, String> faults() {
        JsonNode proxies = send("GET", "/proxies", null).orThrow(NAME).json();
        if (!proxies.isObject()) {
            throw new WorldException(
                    "%s is not one: GET %s answers no JSON object.".formatted(baseUrl, baseUrl.resolve("/proxies")));
        }
        Map<String, String> faults = new TreeMap<>();
        proxies.properties().forEach(proxy -> faults.put(proxy.getKey(), faultsOf(proxy.getValue())));
        return faults;
    }

    private static String faultsOf(JsonNode proxy) {
        List<String> faults = new ArrayList<>();
        if (!proxy.path("enabled").asBoolean()) {
            faults.add("disabled" + untilItHeals(proxy));
        }
        proxy.path("toxics")
                .forEach(toxic -> faults.add("toxic " + toxic.path("name").asText() + untilItHeals(toxic)));
        return String.join(", ", faults);
    }

    private static String untilItHeals(JsonNode fault) {
        return fault.has("ttl")
                ? " for another %.0f s".formatted(fault.path("ttl").asLong() / 1000.0)
                : "";
    }

    private void add(String upstream, String name, Toxic toxic, double toxicity, Duration atMost) {
        Map<String, Object> body = Map.of(
                "name",
                name,
                "type",
                toxic.type(),
                "stream",
                toxic.stream(),
                "toxicity",
                toxicity,
                "ttl",
                atMost.toMillis(),
                "attributes",
                toxic.attributes());
        Reply reply = send("POST", "/proxies/" + upstream + "/toxics", body);
        // Its name is new, so a conflict says that an earlier attempt got through and only its answer was lost.
        if (reply.status() != CONFLICT) {
            reply.orThrow(NAME);
        }
    }

    private void removeAllBut(String upstream, @Nullable String kept) {
        JsonNode there = send("GET", "/proxies/" + upstream + "/toxics", null)
                .orThrow(NAME)
                .json();
        for (JsonNode toxic : there) {
            String name = toxic.path("name").asText();
            if (!name.equals(kept)) {
                remove(upstream, name);
            }
        }
    }

    private void remove(String upstream, String toxic) {
        Reply reply = send("DELETE", "/proxies/" + upstream + "/toxics/" + toxic, null);
        if (reply.status() != NOT_FOUND) {
            reply.orThrow(NAME);
        }
    }

    private void enable(String upstream) {
        update(upstream, Map.of("enabled", true));
    }

    private void update(String upstream, Map<String, Object> settings) {
        send("POST", "/proxies/" + upstream, settings).orThrow(NAME);
    }

    private Reply send(String method, String path, @Nullable Object body) {
        return calls.send(NAME, method, baseUrl.resolve(path), body);
    }

    /** A toxic's type, the way in which it stands, and its attributes; durations in milliseconds. */
    private record Toxic(String type, String stream, Map<String, Object> attributes) {

        /** Returns null for an upstream that is down for all: that is no toxic, but a proxy that is off. */
        static @Nullable Toxic of(Fault fault) {
            if (fault instanceof Fault.Blackhole) {
                return new Toxic("timeout", "downstream", Map.of("timeout", 0));
            }
            if (fault instanceof Fault.Latency latency) {
                return new Toxic(
                        "latency",
                        "downstream",
                        Map.of(
                                "latency", latency.latency().toMillis(),
                                "jitter", latency.jitter().toMillis()));
            }
            // In the way of the requests: it cuts at the first byte, and an upstream that is down sees none.
            return fault.probability() == 1 ? null : new Toxic("reset_peer", "upstream", Map.of("timeout", 0));
        }
    }
}

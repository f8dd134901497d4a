package dev.stabilitylab.lab.world;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stabilitylab.lab.script.Fault;
import dev.stabilitylab.lab.world.ControlHttp.Reply;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Speaks the fault injector's control API, which is Toxiproxy's. */
final class InjectorClient {

    private static final String NAME = "The fault injector";
    private static final int CONFLICT = 409;
    private static final int NOT_FOUND = 404;

    private final ControlCalls calls;
    private final URI baseUrl;
    /** Makes every toxic's name new, so that a repeated request for one cannot be mistaken for an earlier one's. */
    private final AtomicInteger toxics = new AtomicInteger();

    InjectorClient(ControlCalls calls, URI baseUrl) {
        this.calls = calls;
        this.baseUrl = baseUrl;
    }

    /** Breaks an upstream. The new fault is there before the old one goes, so that no request finds a whole upstream between them. */
    void inject(String upstream, Fault fault) {
        Toxic toxic = Toxic.of(fault);
        if (toxic == null) {
            enable(upstream, false);
            removeAllBut(upstream, null);
        } else {
            String name = "lab-" + toxics.incrementAndGet();
            add(upstream, name, toxic, fault.probability());
            removeAllBut(upstream, name);
            enable(upstream, true);
        }
    }

    void heal(String upstream) {
        removeAllBut(upstream, null);
        enable(upstream, true);
    }

    void healAll() {
        send("POST", "/reset", null).orThrow(NAME);
    }

    private void add(String upstream, String name, Toxic toxic, double toxicity) {
        Map<String, Object> body = Map.of(
                "name",
                name,
                "type",
                toxic.type(),
                "stream",
                "downstream",
                "toxicity",
                toxicity,
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

    private void enable(String upstream, boolean enabled) {
        send("POST", "/proxies/" + upstream, Map.of("enabled", enabled)).orThrow(NAME);
    }

    private Reply send(String method, String path, @Nullable Object body) {
        return calls.send(NAME, method, baseUrl.resolve(path), body);
    }

    /** A toxic's type and attributes; durations in milliseconds. */
    private record Toxic(String type, Map<String, Object> attributes) {

        /** Returns null for an upstream that is down for all: that is no toxic, but a proxy that is off. */
        static @Nullable Toxic of(Fault fault) {
            if (fault instanceof Fault.Blackhole) {
                return new Toxic("timeout", Map.of("timeout", 0));
            }
            if (fault instanceof Fault.Latency latency) {
                return new Toxic(
                        "latency",
                        Map.of(
                                "latency", latency.latency().toMillis(),
                                "jitter", latency.jitter().toMillis()));
            }
            return fault.probability() == 1 ? null : new Toxic("reset_peer", Map.of("timeout", 0));
        }
    }
}

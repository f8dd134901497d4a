package dev.stabilitylab.lab.world.control;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stabilitylab.lab.script.Fault;
import dev.stabilitylab.lab.world.World.Instance;
import dev.stabilitylab.lab.world.WorldException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes a service slow, or fail, from inside: its own endpoint {@code /actuator/trouble}. */
final class TroubleClient {

    private final ControlCalls calls;
    private final Instance service;
    private final URI endpoint;

    TroubleClient(ControlCalls calls, Instance service) {
        this.calls = calls;
        this.service = service;
        this.endpoint = service.baseUrl().resolve("/actuator/trouble");
    }

    /** Begins it in place of what there is; it ends by itself after {@code atMost}. */
    void begin(Fault fault, Duration atMost) {
        URI uri = URI.create("%s?ttl=%dms".formatted(endpoint, atMost.toMillis()));
        calls.send(service.name(), "PUT", uri, body(fault)).orThrow(service.name());
    }

    /** Ends it; without effect where there is none. Throws when it may not be begun here either. */
    void end() {
        calls.send(service.name(), "DELETE", endpoint, null).orThrow(service.name());
    }

    /** When the trouble ends that somebody else has begun; empty when there is none. */
    String endOfTrouble() {
        JsonNode end = calls.send(service.name(), "GET", endpoint, null)
                .orThrow(service.name())
                .json()
                .path("expires-at");
        return end.isTextual() ? end.asText() : "";
    }

    private static Map<String, Object> body(Fault fault) {
        Map<String, Object> body = new LinkedHashMap<>();
        if (fault instanceof Fault.Slow slow) {
            body.put(
                    "slowdown",
                    Map.of(
                            "latency", slow.latency().toMillis() + "ms",
                            "jitter", slow.jitter().toMillis() + "ms",
                            "probability", slow.probability()));
        } else if (fault instanceof Fault.Errors errors) {
            body.put("errors", Map.of("probability", errors.probability()));
        } else {
            throw new WorldException("%s is no trouble of a service's own.".formatted(fault.text()));
        }
        return body;
    }
}

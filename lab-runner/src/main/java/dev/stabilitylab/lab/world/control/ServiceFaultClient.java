package dev.stabilitylab.lab.world.control;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stabilitylab.lab.script.Fault;
import dev.stabilitylab.lab.world.World.Instance;
import dev.stabilitylab.lab.world.WorldException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Sets and clears a service's own fault, at its endpoint {@code /actuator/faults}. */
final class ServiceFaultClient {

    private final ControlCalls calls;
    private final Instance service;
    private final URI endpoint;
    private final URI active;

    ServiceFaultClient(ControlCalls calls, Instance service) {
        this.calls = calls;
        this.service = service;
        this.endpoint = service.management().resolve("/actuator/faults");
        this.active = service.management().resolve("/actuator/faults/active");
    }

    /** Replaces the active fault, if there is one; it expires by itself after {@code atMost}. */
    void set(Fault fault, Duration atMost) {
        URI uri = URI.create("%s?ttl=%dms".formatted(active, atMost.toMillis()));
        calls.send(service.name(), "PUT", uri, body(fault)).orThrow(service.name());
    }

    /** Without effect where there is no fault. Throws when the service does not allow setting one either. */
    void clear() {
        calls.send(service.name(), "DELETE", active, null).orThrow(service.name());
    }

    /** When the active fault expires, in ISO 8601; empty when there is none. */
    String expiry() {
        JsonNode expiry = calls.send(service.name(), "GET", endpoint, null)
                .orThrow(service.name())
                .json()
                .path("expires-at");
        return expiry.isTextual() ? expiry.asText() : "";
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
            throw new WorldException("%s is not a service fault.".formatted(fault.text()));
        }
        return body;
    }
}

package dev.stabilitylab.lab.world;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stabilitylab.lab.script.PolicySpec;
import dev.stabilitylab.lab.world.World.Instance;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/** Changes the policies of one homepage instance, and knows those it started with. */
final class PolicyClient {

    private final ControlCalls calls;
    private final Instance homepage;
    private final URI endpoint;
    private final Map<String, JsonNode> initial;

    private PolicyClient(ControlCalls calls, Instance homepage) {
        this.calls = calls;
        this.homepage = homepage;
        this.endpoint = homepage.baseUrl().resolve("/actuator/upstreams");
        this.initial = new LinkedHashMap<>();
    }

    /** Asks the instance for the policies it has. */
    static PolicyClient reading(ControlCalls calls, Instance homepage) {
        PolicyClient client = new PolicyClient(calls, homepage);
        JsonNode upstreams = calls.send(homepage.name(), "GET", client.endpoint, null)
                .orThrow(homepage.name())
                .json()
                .path("upstreams");
        upstreams
                .properties()
                .forEach(entry ->
                        client.initial.put(entry.getKey(), entry.getValue().path("policy")));
        if (client.initial.isEmpty()) {
            throw new WorldException("%s names no upstreams at %s.".formatted(homepage.name(), client.endpoint));
        }
        return client;
    }

    /** The same policies, spoken to in another way. */
    PolicyClient with(ControlCalls others) {
        PolicyClient client = new PolicyClient(others, homepage);
        client.initial.putAll(initial);
        return client;
    }

    /** Gives every upstream fresh breakers and its policy: the one given here, or else the one it started with. */
    void apply(Map<String, PolicySpec> policies) {
        for (String upstream : policies.keySet()) {
            if (!initial.containsKey(upstream)) {
                throw new WorldException("There is a policy for an upstream %s; the upstreams of %s are %s."
                        .formatted(upstream, homepage.name(), String.join(", ", new TreeSet<>(initial.keySet()))));
            }
        }
        initial.forEach((upstream, policy) -> {
            PolicySpec wanted = policies.get(upstream);
            Object body = wanted == null ? policy : wanted.settings();
            calls.send(homepage.name(), "PUT", URI.create(endpoint + "/" + upstream + "/policy"), body)
                    .orThrow("%s, policy for %s:".formatted(homepage.name(), upstream));
        });
    }

    void putBack() {
        apply(Map.of());
    }
}

package dev.stabilitylab.lab.world.control;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stabilitylab.lab.script.PolicySpec;
import dev.stabilitylab.lab.world.World.Instance;
import dev.stabilitylab.lab.world.WorldException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Changes the policies of one homepage instance for a time. The instance keeps its lasting ones, and goes back to them. */
public final class PolicyClient {

    private final ControlCalls calls;
    private final Instance homepage;
    private final URI endpoint;
    private final Map<String, JsonNode> lasting;

    private PolicyClient(ControlCalls calls, Instance homepage, Map<String, JsonNode> lasting) {
        this.calls = calls;
        this.homepage = homepage;
        this.endpoint = endpoint(homepage);
        this.lasting = lasting;
    }

    /**
     * Asks the instance for the policies it has.
     *
     * @throws WorldException when somebody else has switched a policy for a time that is not over
     */
    public static PolicyClient reading(ControlCalls calls, Instance homepage) {
        Map<String, JsonNode> lasting = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> upstream :
                view(calls, homepage).path("upstreams").properties()) {
            JsonNode expires = upstream.getValue().path("policy-expires-at");
            if (!expires.isMissingNode()) {
                throw new WorldException(
                        "%s has a policy for %s that ends at %s: another lab is at work, or one was killed. Wait until then, or end it: curl -X DELETE %s"
                                .formatted(
                                        homepage.name(),
                                        upstream.getKey(),
                                        expires.asText(),
                                        policyOf(endpoint(homepage), upstream.getKey())));
            }
            lasting.put(upstream.getKey(), upstream.getValue().path("policy"));
        }
        if (lasting.isEmpty()) {
            throw new WorldException("%s names no upstreams at %s.".formatted(homepage.name(), endpoint(homepage)));
        }
        return new PolicyClient(calls, homepage, lasting);
    }

    private static JsonNode view(ControlCalls calls, Instance homepage) {
        return calls.send(homepage.name(), "GET", endpoint(homepage), null)
                .orThrow(homepage.name())
                .json();
    }

    /** The same policies, spoken to in another way. */
    public PolicyClient with(ControlCalls others) {
        return new PolicyClient(others, homepage, lasting);
    }

    /** The instance whose policies these are. */
    public Instance homepage() {
        return homepage;
    }

    /** Whether every policy is a lasting one: nothing was applied, or it is over, or the instance was started again. */
    public boolean isPutBack() {
        return view(calls, homepage).path("upstreams").findValue("policy-expires-at") == null;
    }

    /**
     * Gives every upstream fresh breakers and its policy: the one given here, or else its lasting one.
     *
     * @param atMost how long, unless it is put back before
     */
    public void apply(Map<String, PolicySpec> policies, Duration atMost) {
        for (String upstream : policies.keySet()) {
            if (!lasting.containsKey(upstream)) {
                throw new WorldException("There is a policy for an upstream %s; the upstreams of %s are %s."
                        .formatted(upstream, homepage.name(), String.join(", ", new TreeSet<>(lasting.keySet()))));
            }
        }
        lasting.forEach((upstream, policy) -> {
            PolicySpec wanted = policies.get(upstream);
            URI uri = URI.create("%s?ttl=%dms".formatted(policyOf(endpoint, upstream), atMost.toMillis()));
            send("PUT", upstream, uri, wanted == null ? policy : wanted.settings());
        });
    }

    /** Gives every upstream its lasting policy again; without effect where it has it. */
    public void putBack() {
        lasting.keySet().forEach(upstream -> send("DELETE", upstream, policyOf(endpoint, upstream), null));
    }

    private void send(String method, String upstream, URI uri, @Nullable Object body) {
        calls.send(homepage.name(), method, uri, body)
                .orThrow("%s, policy for %s:".formatted(homepage.name(), upstream));
    }

    private static URI endpoint(Instance homepage) {
        return homepage.baseUrl().resolve("/actuator/upstreams");
    }

    private static URI policyOf(URI endpoint, String upstream) {
        return URI.create(endpoint + "/" + upstream + "/policy");
    }
}

package dev.stabilitylab.lab.world.control;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stabilitylab.lab.script.PolicySpec;
import dev.stabilitylab.lab.script.PolicyTarget;
import dev.stabilitylab.lab.world.World.Instance;
import dev.stabilitylab.lab.world.WorldException;
import dev.stabilitylab.lab.world.control.ControlHttp.Reply;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Changes the policies of one instance of a calling service for a time. The instance keeps its lasting ones, and goes back to them. */
public final class PolicyClient {

    private static final String EXPIRES = "policy-expires-at";
    private static final int BAD_REQUEST = 400;

    private final ControlCalls calls;
    private final String caller;
    private final Instance instance;
    private final URI endpoint;
    private final String identity;
    private final Map<String, JsonNode> lasting;

    private PolicyClient(
            ControlCalls calls, String caller, Instance instance, String identity, Map<String, JsonNode> lasting) {
        this.calls = calls;
        this.caller = caller;
        this.instance = instance;
        this.endpoint = endpoint(instance);
        this.identity = identity;
        this.lasting = lasting;
    }

    /**
     * Asks the instance for the policies it has.
     *
     * @param caller the service that it is an instance of
     * @throws WorldException when somebody else has switched a policy for a time that is not over
     */
    public static PolicyClient reading(ControlCalls calls, String caller, Instance instance) {
        JsonNode view = view(calls, instance);
        Map<String, JsonNode> lasting = new LinkedHashMap<>();
        view.path("upstreams").properties().forEach(upstream -> {
            JsonNode expires = upstream.getValue().path(EXPIRES);
            if (!expires.isMissingNode()) {
                throw new WorldException(
                        "%s has a policy for %s that ends at %s: another lab is at work, or one was killed. Wait until then, or end it: curl -X DELETE %s"
                                .formatted(
                                        instance.name(),
                                        upstream.getKey(),
                                        expires.asText(),
                                        policyOf(endpoint(instance), upstream.getKey())));
            }
            lasting.put(upstream.getKey(), upstream.getValue().path("policy"));
        });
        if (lasting.isEmpty()) {
            throw new WorldException("%s names no upstreams at %s.".formatted(instance.name(), endpoint(instance)));
        }
        return new PolicyClient(calls, caller, instance, view.path("instance").asText(), lasting);
    }

    private static JsonNode view(ControlCalls calls, Instance instance) {
        return calls.send(instance.name(), "GET", endpoint(instance), null)
                .orThrow(instance.name())
                .json();
    }

    /** The same policies, spoken to in another way. */
    public PolicyClient with(ControlCalls others) {
        return new PolicyClient(others, caller, instance, identity, lasting);
    }

    /** The instance whose policies these are. */
    public Instance instance() {
        return instance;
    }

    /** The service that it is an instance of. */
    public String caller() {
        return caller;
    }

    /** Tells the instance from others at the same address, and from itself after a restart. */
    public String identity() {
        return identity;
    }

    /** Throws unless policies may be switched. Changes nothing: an empty policy is refused by whoever would take another. */
    public void requireSwitching() {
        String upstream = lasting.keySet().iterator().next();
        Reply reply = calls.send(instance.name(), "PUT", policyOf(endpoint, upstream), Map.of());
        if (reply.status() != BAD_REQUEST) {
            reply.orThrow(instance.name());
        }
    }

    /** Who is there now, and which policies are lasting ones. */
    public State state() {
        JsonNode view = view(calls, instance);
        Set<String> withoutEnd = new TreeSet<>();
        view.path("upstreams").properties().forEach(upstream -> {
            if (!upstream.getValue().has(EXPIRES)) {
                withoutEnd.add(upstream.getKey());
            }
        });
        return new State(view.path("instance").asText(), withoutEnd);
    }

    /**
     * Gives every upstream fresh breakers and its policy: the one given here, or else its lasting one.
     *
     * @param policies of all callers
     * @param atMost how long, unless it is put back before
     */
    public void apply(Map<PolicyTarget, PolicySpec> policies, Duration atMost) {
        apply(lasting.keySet(), policies, atMost);
    }

    /** The same, for some of the upstreams. */
    public void apply(Set<String> upstreams, Map<PolicyTarget, PolicySpec> all, Duration atMost) {
        Map<String, PolicySpec> policies = ofThisCaller(all);
        for (String upstream : policies.keySet()) {
            if (!lasting.containsKey(upstream)) {
                throw new WorldException("There is a policy for an upstream %s; the upstreams of %s are %s."
                        .formatted(upstream, instance.name(), String.join(", ", new TreeSet<>(lasting.keySet()))));
            }
        }
        lasting.forEach((upstream, policy) -> {
            if (upstreams.contains(upstream)) {
                PolicySpec wanted = policies.get(upstream);
                URI uri = URI.create("%s?ttl=%dms".formatted(policyOf(endpoint, upstream), atMost.toMillis()));
                send("PUT", upstream, uri, wanted == null ? policy : wanted.settings());
            }
        });
    }

    private Map<String, PolicySpec> ofThisCaller(Map<PolicyTarget, PolicySpec> all) {
        return all.entrySet().stream()
                .filter(entry -> entry.getKey().caller().equals(caller))
                .collect(Collectors.toMap(entry -> entry.getKey().upstream(), Map.Entry::getValue));
    }

    /**
     * Gives every upstream its lasting policy again; without effect where it has it.
     *
     * @throws WorldException with what did not work; the others have theirs
     */
    public void putBack() {
        List<String> problems = new ArrayList<>();
        for (String upstream : lasting.keySet()) {
            try {
                send("DELETE", upstream, policyOf(endpoint, upstream), null);
            } catch (WorldException e) {
                problems.add(String.valueOf(e.getMessage()));
            }
        }
        if (!problems.isEmpty()) {
            throw new WorldException(String.join("; ", problems));
        }
    }

    private void send(String method, String upstream, URI uri, @Nullable Object body) {
        calls.send(instance.name(), method, uri, body)
                .orThrow("%s, policy for %s:".formatted(instance.name(), upstream));
    }

    private static URI endpoint(Instance instance) {
        return instance.management().resolve("/actuator/upstreams");
    }

    private static URI policyOf(URI endpoint, String upstream) {
        return URI.create(endpoint + "/" + upstream + "/policy");
    }

    /**
     * What an instance says of itself.
     *
     * @param identity new with every start
     * @param lasting the upstreams whose policy is not one for a time
     */
    public record State(String identity, Set<String> lasting) {}
}

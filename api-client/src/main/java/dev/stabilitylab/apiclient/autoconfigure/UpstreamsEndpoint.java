package dev.stabilitylab.apiclient.autoconfigure;

import dev.stabilitylab.apiclient.gateway.Gateways;
import dev.stabilitylab.apiclient.gateway.UpstreamView;
import dev.stabilitylab.apiclient.policy.PolicyJson;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.http.ProblemDetail;

/**
 * Shows how each upstream is called, and switches policies while the service runs. Read-only unless
 * {@code management.endpoint.upstreams.access} is {@code unrestricted}.
 */
@Endpoint(id = "upstreams", defaultAccess = Access.READ_ONLY)
final class UpstreamsEndpoint {

    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;

    private final Gateways gateways;

    UpstreamsEndpoint(Gateways gateways) {
        this.gateways = gateways;
    }

    /** Every upstream, by name. */
    @ReadOperation
    Map<String, Map<String, UpstreamView>> all() {
        Map<String, UpstreamView> views = new LinkedHashMap<>();
        gateways.upstreams().forEach(name -> views.put(name, gateways.view(name)));
        return Map.of("upstreams", views);
    }

    /** One upstream. */
    @ReadOperation
    WebEndpointResponse<?> one(@Selector String name) {
        return gateways.upstreams().contains(name) ? new WebEndpointResponse<>(gateways.view(name), OK) : unknown(name);
    }

    /** Switches one upstream to another policy, given whole, and answers with the new view. */
    @WriteOperation
    WebEndpointResponse<?> replace(@Selector String name, Map<String, Object> policy) {
        if (!gateways.upstreams().contains(name)) {
            return unknown(name);
        }
        try {
            gateways.switchPolicy(name, PolicyJson.read(policy));
        } catch (IllegalArgumentException refused) {
            return problem(BAD_REQUEST, "The policy is not usable", String.valueOf(refused.getMessage()));
        }
        return new WebEndpointResponse<>(gateways.view(name), OK);
    }

    private WebEndpointResponse<ProblemDetail> unknown(String name) {
        return problem(
                NOT_FOUND,
                "There is no such upstream",
                "%s is not an upstream of this service; those are %s".formatted(name, gateways.upstreams()));
    }

    private static WebEndpointResponse<ProblemDetail> problem(int status, String title, String detail) {
        ProblemDetail problem = ProblemDetail.forStatus(status);
        problem.setTitle(title);
        problem.setDetail(detail);
        return new WebEndpointResponse<>(problem, status);
    }
}

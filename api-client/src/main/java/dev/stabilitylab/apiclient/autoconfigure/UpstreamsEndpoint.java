package dev.stabilitylab.apiclient.autoconfigure;

import dev.stabilitylab.apiclient.gateway.Gateways;
import dev.stabilitylab.apiclient.gateway.UpstreamView;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

/** Shows how each upstream is called: its policy, its breaker's state and last changes, its connections. */
@Endpoint(id = "upstreams")
final class UpstreamsEndpoint {

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

    /** One upstream; nothing, which becomes status 404, when there is none of that name. */
    @ReadOperation
    @Nullable
    UpstreamView one(@Selector String name) {
        return gateways.upstreams().contains(name) ? gateways.view(name) : null;
    }
}

package dev.stabilitylab.apiclient.autoconfigure;

import dev.stabilitylab.apiclient.internal.gateway.Gateways;
import dev.stabilitylab.apiclient.internal.gateway.UpstreamView;
import dev.stabilitylab.apiclient.internal.support.InstanceId;
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
    private final InstanceId instance;

    UpstreamsEndpoint(Gateways gateways, InstanceId instance) {
        this.gateways = gateways;
        this.instance = instance;
    }

    /** Every upstream, by name. */
    @ReadOperation
    All all() {
        Map<String, UpstreamView> views = new LinkedHashMap<>();
        gateways.upstreams().forEach(name -> views.put(name, gateways.view(name)));
        return new All(instance.value(), views);
    }

    /** One upstream; nothing, which becomes status 404, when there is none of that name. */
    @ReadOperation
    @Nullable
    UpstreamView one(@Selector String name) {
        return gateways.upstreams().contains(name) ? gateways.view(name) : null;
    }

    /**
     * The view of an instance.
     *
     * @param instance tells instances apart
     * @param upstreams by name
     */
    record All(String instance, Map<String, UpstreamView> upstreams) {}
}

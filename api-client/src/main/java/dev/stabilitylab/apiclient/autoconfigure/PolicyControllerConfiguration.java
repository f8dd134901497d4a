package dev.stabilitylab.apiclient.autoconfigure;

import dev.stabilitylab.apiclient.internal.gateway.Gateways;
import dev.stabilitylab.apiclient.internal.support.ChangePermission;
import dev.stabilitylab.apiclient.internal.support.ProblemWriter;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.endpoint.EndpointAccessResolver;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;

/** Puts the controller where the actuator's endpoints are, also when those have a port of their own. */
@ManagementContextConfiguration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnAvailableEndpoint(endpoint = UpstreamsEndpoint.class)
class PolicyControllerConfiguration {

    @Bean
    PolicyController policyController(
            Gateways gateways, ProblemWriter problems, ApiClientProperties properties, EndpointAccessResolver access) {
        return new PolicyController(
                gateways,
                problems,
                ChangePermission.of(
                        "upstreams", access, ApiClientProperties.POLICY_SWITCHING, properties.policySwitching()));
    }
}

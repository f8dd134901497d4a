package dev.stabilitylab.apiclient.autoconfigure;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stabilitylab.apiclient.internal.gateway.Gateways;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;

/** Puts the controller where the actuator's endpoints are, also when those have a port of their own. */
@ManagementContextConfiguration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
class PolicyControllerConfiguration {

    @Bean
    PolicyController policyController(Gateways gateways, ObjectMapper mapper, ApiClientProperties properties) {
        return new PolicyController(gateways, mapper, properties.policySwitching());
    }
}

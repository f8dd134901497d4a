package dev.stabilitylab.servicekit.faults;

import dev.stabilitylab.apiclient.internal.support.ChangePermission;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.endpoint.EndpointAccessResolver;
import org.springframework.context.annotation.Bean;

/** Puts the controller where the actuator's endpoints are, also when those have a port of their own. */
@ManagementContextConfiguration(proxyBeanMethods = false)
@ConditionalOnAvailableEndpoint(endpoint = FaultsEndpoint.class)
class FaultControllerConfiguration {

    @Bean
    FaultController faultController(
            FaultSwitch faults, FaultsEndpoint endpoint, FaultProperties properties, EndpointAccessResolver access) {
        return new FaultController(
                faults,
                endpoint,
                ChangePermission.of("faults", access, FaultProperties.FAULT_SWITCHING, properties.faultSwitching()));
    }
}

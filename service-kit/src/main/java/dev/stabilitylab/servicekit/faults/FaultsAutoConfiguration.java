package dev.stabilitylab.servicekit.faults;

import dev.stabilitylab.apiclient.internal.support.InstanceId;
import io.micrometer.core.instrument.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** The service's own fault, which its capacity asks for; there is none until somebody sets one. */
@AutoConfiguration
@EnableConfigurationProperties(FaultProperties.class)
class FaultsAutoConfiguration {

    @Bean
    FaultSwitch faultSwitch(@Value("${spring.application.name:}") String service) {
        return new FaultSwitch(service, Clock.SYSTEM);
    }

    @Bean
    @ConditionalOnAvailableEndpoint
    FaultsEndpoint faultsEndpoint(FaultSwitch faults, InstanceId instance) {
        return new FaultsEndpoint(faults, instance);
    }
}

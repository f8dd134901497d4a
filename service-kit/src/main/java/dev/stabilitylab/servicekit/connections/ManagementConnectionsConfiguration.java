package dev.stabilitylab.servicekit.connections;

import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;

/** The same for the management port, at which policies and faults are sent as bodies. */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
class ManagementConnectionsConfiguration {

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> managementConnectionLimits(
            ConnectionProperties properties) {
        return factory -> ConnectionsAutoConfiguration.limitHeads(factory, properties);
    }
}

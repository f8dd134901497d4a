package dev.stabilitylab.servicekit.connections;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;

/** Bounds what a client of the service may cost. */
@AutoConfiguration
@EnableConfigurationProperties(ConnectionProperties.class)
class ConnectionsAutoConfiguration {

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> connectionLimits(ConnectionProperties properties) {
        return factory -> {
            limitHeads(factory, properties);
            if (!properties.bodies()) {
                factory.addContextValves(new BodyRefusal());
            }
        };
    }

    static void limitHeads(TomcatServletWebServerFactory factory, ConnectionProperties properties) {
        factory.setProtocol(HeadTimeoutProtocol.class.getName());
        factory.addConnectorCustomizers(connector ->
                ((HeadTimeoutProtocol) connector.getProtocolHandler()).setHeadTimeout(properties.headTimeout()));
    }
}

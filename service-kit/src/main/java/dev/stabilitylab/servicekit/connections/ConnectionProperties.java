package dev.stabilitylab.servicekit.connections;

import dev.stabilitylab.servicekit.settings.Settings;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What a client may cost a service.
 *
 * @param headTimeout How long a request's line and headers may take, from their first byte to their last; at least one second.
 * @param bodies Whether a request may have a body. Where no endpoint reads one, it would only keep a thread waiting for its end.
 */
@ConfigurationProperties("service-kit.connections")
record ConnectionProperties(
        @DefaultValue("10s") Duration headTimeout,
        @DefaultValue("false") boolean bodies) {

    ConnectionProperties {
        if (headTimeout.toSeconds() < 1) {
            throw Settings.invalid("service-kit.connections.head-timeout is %d ms; it must be at least 1000 ms"
                    .formatted(headTimeout.toMillis()));
        }
    }
}

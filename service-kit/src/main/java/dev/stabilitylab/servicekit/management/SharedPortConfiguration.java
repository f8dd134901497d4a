package dev.stabilitylab.servicekit.management;

import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.env.Environment;

/**
 * Stops a service whose users would share a port with its operators: whoever may ask for a page could then change the service.
 */
@ManagementContextConfiguration(value = ManagementContextType.SAME, proxyBeanMethods = false)
class SharedPortConfiguration {

    SharedPortConfiguration(Environment environment) {
        throw new InvalidConfigurationPropertyValueException(
                "management.server.port",
                environment.getProperty("management.server.port", "not set"),
                "It must be a port of its own, other than server.port, or -1 for none.");
    }
}

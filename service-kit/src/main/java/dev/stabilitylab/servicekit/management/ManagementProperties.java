package dev.stabilitylab.servicekit.management;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may use the management port.
 *
 * @param allowedHosts Names by which clients may call the management port, besides localhost and IP addresses.
 */
@ConfigurationProperties("service-kit.management")
record ManagementProperties(@DefaultValue Set<String> allowedHosts) {

    ManagementProperties {
        allowedHosts = allowedHosts.stream()
                .map(host -> host.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }
}

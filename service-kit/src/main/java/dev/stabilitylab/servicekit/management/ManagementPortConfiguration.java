package dev.stabilitylab.servicekit.management;

import dev.stabilitylab.apiclient.internal.support.ProblemWriter;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** What the management port has for itself; the context of the users' port does not see it. */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
@EnableConfigurationProperties(ManagementProperties.class)
class ManagementPortConfiguration {

    @Bean
    ManagementGuard managementGuard(ManagementProperties properties, ProblemWriter problems) {
        return new ManagementGuard(properties, problems);
    }
}

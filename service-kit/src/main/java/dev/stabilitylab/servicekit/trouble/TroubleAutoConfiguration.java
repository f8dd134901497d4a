package dev.stabilitylab.servicekit.trouble;

import io.micrometer.core.instrument.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** The trouble of the service, for its capacity to ask about; there is none until somebody begins it. */
@AutoConfiguration
@EnableConfigurationProperties(TroubleProperties.class)
class TroubleAutoConfiguration {

    @Bean
    TroubleSwitch troubleSwitch(@Value("${spring.application.name:}") String service) {
        return new TroubleSwitch(service, Clock.SYSTEM);
    }
}

package dev.stabilitylab.servicekit.trouble;

import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.context.annotation.Bean;

/** Puts the controller where the actuator's endpoints are, also when those have a port of their own. */
@ManagementContextConfiguration(proxyBeanMethods = false)
class TroubleControllerConfiguration {

    @Bean
    TroubleController troubleController(TroubleSwitch trouble, TroubleProperties properties) {
        return new TroubleController(trouble, properties.troubleSwitching());
    }
}

package dev.stabilitylab.servicekit.trouble;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whether somebody may make the service slow or fail.
 *
 * @param troubleSwitching Whether trouble may be begun and ended while the service runs, at the actuator's path trouble.
 */
@ConfigurationProperties("service-kit")
record TroubleProperties(@DefaultValue("false") boolean troubleSwitching) {

    /** The key that allows it. */
    static final String TROUBLE_SWITCHING = "service-kit.trouble-switching";
}

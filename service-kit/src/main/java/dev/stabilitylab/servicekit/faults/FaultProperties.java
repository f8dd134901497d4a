package dev.stabilitylab.servicekit.faults;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whether somebody may make the service slow or fail.
 *
 * @param faultSwitching Whether a service fault may be set and cleared at run time, below the actuator's faults endpoint.
 */
@ConfigurationProperties("service-kit")
record FaultProperties(@DefaultValue("false") boolean faultSwitching) {

    /** The key that allows it. */
    static final String FAULT_SWITCHING = "service-kit.fault-switching";
}

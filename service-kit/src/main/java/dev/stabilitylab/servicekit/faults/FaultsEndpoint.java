package dev.stabilitylab.servicekit.faults;

import dev.stabilitylab.apiclient.internal.support.InstanceId;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** Shows the active fault. It is set and cleared by {@link FaultController}. */
@Endpoint(id = "faults")
final class FaultsEndpoint {

    private final FaultSwitch faults;
    private final InstanceId instance;

    FaultsEndpoint(FaultSwitch faults, InstanceId instance) {
        this.faults = faults;
        this.instance = instance;
    }

    /** The active fault, if there is one. */
    @ReadOperation
    FaultView show() {
        return FaultView.of(instance.value(), faults.active());
    }
}

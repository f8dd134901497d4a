package dev.stabilitylab.servicekit.faults;

import java.util.UUID;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** Shows the active fault. It is set and cleared by {@link FaultController}. */
@Endpoint(id = "faults")
final class FaultsEndpoint {

    private final FaultSwitch faults;
    /** New with every start. */
    private final String instance = UUID.randomUUID().toString();

    FaultsEndpoint(FaultSwitch faults) {
        this.faults = faults;
    }

    /** The active fault, if there is one. */
    @ReadOperation
    FaultView show() {
        return FaultView.of(instance, faults.active());
    }
}

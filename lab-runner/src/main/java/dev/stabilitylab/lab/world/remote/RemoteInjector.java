package dev.stabilitylab.lab.world.remote;

import dev.stabilitylab.lab.world.Service;
import dev.stabilitylab.lab.world.WorldException;
import dev.stabilitylab.lab.world.control.ControlCalls;
import dev.stabilitylab.lab.world.control.InjectorClient;
import java.net.URI;
import java.util.Map;

/** The fault injector of a system that is up already, as it is before the lab has done anything. */
final class RemoteInjector {

    private final URI address;
    private final InjectorClient client;

    RemoteInjector(URI address) {
        this.address = address;
        this.client = new InjectorClient(ControlCalls.patient(), address);
    }

    /** Throws when another lab is at work, when an upstream has no proxy, and when one is broken already. */
    void requireWhole() {
        requireIdle();
        Map<String, String> faults = client.faults();
        for (Service upstream : Service.upstreams()) {
            String fault = faults.get(upstream.text());
            if (fault == null) {
                throw new WorldException("The fault injector at %s has no proxy %s; it has %s."
                        .formatted(address, upstream.text(), String.join(", ", faults.keySet())));
            }
            if (!fault.isEmpty()) {
                throw new WorldException("%s is broken already (%s). Mend it first: curl -X POST %s"
                        .formatted(upstream.text(), fault, address.resolve("/reset")));
            }
        }
    }

    private void requireIdle() {
        if (client.isScheduleRunning()) {
            throw new WorldException(
                    ("The fault injector executes a schedule: another lab is at work, or one was killed less than"
                                    + " ten seconds ago. Wait, or cancel it: curl -X DELETE %s")
                            .formatted(address.resolve("/schedule")));
        }
    }
}

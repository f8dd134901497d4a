package dev.stabilitylab.lab.world.control;

import dev.stabilitylab.lab.script.Fault;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A fault on the wire, in the fault injector's terms.
 *
 * @param stream the way in which it stands
 * @param toxicity share of connections that are hit
 * @param attributes durations in milliseconds
 */
record Toxic(String type, String stream, double toxicity, Map<String, Object> attributes) {

    /** Returns null for an upstream that is down for all: that is no toxic, but a proxy that is off. */
    static @Nullable Toxic of(Fault fault) {
        double toxicity = fault.probability();
        if (fault instanceof Fault.Blackhole) {
            return new Toxic("timeout", "downstream", toxicity, Map.of("timeout", 0));
        }
        if (fault instanceof Fault.Latency latency) {
            return new Toxic(
                    "latency",
                    "downstream",
                    toxicity,
                    Map.of(
                            "latency", latency.latency().toMillis(),
                            "jitter", latency.jitter().toMillis()));
        }
        // In the way of the requests: it cuts at the first byte, and an upstream that is down sees none.
        return toxicity == 1 ? null : new Toxic("reset_peer", "upstream", toxicity, Map.of("timeout", 0));
    }

    Map<String, Object> named(String name) {
        return Map.of("name", name, "type", type, "stream", stream, "toxicity", toxicity, "attributes", attributes);
    }
}

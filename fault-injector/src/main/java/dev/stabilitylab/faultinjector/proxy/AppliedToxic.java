package dev.stabilitylab.faultinjector.proxy;

import dev.stabilitylab.faultinjector.toxic.AcceptToxic;
import dev.stabilitylab.faultinjector.toxic.Toxic;
import dev.stabilitylab.faultinjector.toxic.ToxicType;
import java.util.TreeMap;

/**
 * A toxic as a proxy has it.
 *
 * @param name unique within the proxy; like a proxy's name
 * @param toxicity share of the connections that are hit, from 0 to 1; every connection draws once
 */
public record AppliedToxic(String name, ToxicType type, Direction direction, double toxicity, Toxic toxic) {

    /**
     * Refuses, with an {@link IllegalArgumentException}, a malformed name, a toxicity out of range, and a toxicity or a direction that this
     * toxic cannot have.
     */
    public AppliedToxic {
        ProxySettings.requireName("a toxic", name);
        if (!(toxicity >= 0 && toxicity <= 1)) {
            throw new IllegalArgumentException(
                    "toxicity of %s is %s; it must be from 0 to 1".formatted(name, toxicity));
        }
        if (toxic instanceof AcceptToxic && toxicity != 1) {
            throw new IllegalArgumentException(
                    "toxicity of %s is %s; a fault of the port hits all, so it must be 1".formatted(name, toxicity));
        }
        if (type.downstreamOnly() && direction != Direction.DOWNSTREAM) {
            throw new IllegalArgumentException(
                    "stream of %s is %s; %s must be downstream".formatted(name, direction.label(), type));
        }
    }

    /** The name of a toxic that was given none, e.g. {@code latency_downstream}. */
    public static String defaultName(ToxicType type, Direction direction) {
        return type.name() + "_" + direction.label();
    }

    public AppliedToxic with(double otherToxicity, Toxic other) {
        return new AppliedToxic(name, type, direction, otherToxicity, other);
    }

    /** Toxics that count are not equal, though they may be the same to the one who wants them. */
    boolean hasSettingsOf(AppliedToxic other) {
        return toxicity == other.toxicity && toxic.attributes().equals(other.toxic.attributes());
    }

    /** For the log, e.g. {@code slow (latency, downstream, toxicity 1.0, {jitter=0, latency=300})}. */
    @Override
    public String toString() {
        return "%s (%s, %s, toxicity %s, %s)"
                .formatted(name, type, direction.label(), toxicity, new TreeMap<>(toxic.attributes()));
    }
}

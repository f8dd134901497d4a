package dev.stabilitylab.faultinjector.toxic;

import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A kind of fault: its name in the control API and how to make one from its attributes.
 *
 * @param name e.g. {@code latency}
 * @param isStrict whether an attribute that it does not know is an error
 * @param isOfRequests whether single requests are hit, and not whole connections
 * @param isDownstreamOnly whether it cannot act on what the client sends
 */
public record ToxicType(
        String name,
        boolean isStrict,
        boolean isOfRequests,
        boolean isDownstreamOnly,
        Function<Attributes, Toxic> maker) {

    private static final Logger log = LoggerFactory.getLogger(ToxicType.class);

    /** A type that Toxiproxy has too. As there, attributes that it does not know are left alone. */
    public static ToxicType ofToxiproxy(String name, Function<Attributes, Toxic> maker) {
        return new ToxicType(name, false, false, false, maker);
    }

    /** A type of our own. An attribute that it does not know is an error. */
    public static ToxicType ofOurs(String name, Function<Attributes, Toxic> maker) {
        return new ToxicType(name, true, false, false, maker);
    }

    /** A type of our own that hits single requests, not whole connections. */
    public static ToxicType ofRequests(String name, Function<Attributes, Toxic> maker) {
        return new ToxicType(name, true, true, false, maker);
    }

    /** The same, for the way from the upstream to the client only. */
    public ToxicType downstreamOnly() {
        return new ToxicType(name, isStrict, isOfRequests, true, maker);
    }

    /**
     * Makes a toxic of this type. Attributes that are missing have their defaults.
     *
     * @throws IllegalArgumentException for a value that this type cannot take, or an attribute that a strict type does not have
     */
    public Toxic create(Map<String, ?> attributes) {
        Attributes reader = new Attributes(name, attributes);
        Toxic toxic = maker.apply(reader);
        reader.complaint().ifPresent(complaint -> {
            if (isStrict) {
                throw new IllegalArgumentException(complaint);
            }
            log.warn("Attribute ignored: {}", complaint);
        });
        return toxic;
    }

    @Override
    public String toString() {
        return name;
    }
}

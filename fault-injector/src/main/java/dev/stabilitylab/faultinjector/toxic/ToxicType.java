package dev.stabilitylab.faultinjector.toxic;

import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A kind of fault, and how to make one from its attributes.
 *
 * @param name in the control API, e.g. {@code latency}
 * @param strict whether an attribute that it does not know is an error; Toxiproxy leaves such attributes alone
 * @param ofRequests whether single requests are hit, and not whole connections
 * @param downstreamOnly whether it cannot act on what the client sends
 */
public record ToxicType(
        String name, boolean strict, boolean ofRequests, boolean downstreamOnly, Function<Attributes, Toxic> maker) {

    private static final Logger log = LoggerFactory.getLogger(ToxicType.class);

    /** A type that Toxiproxy has too. */
    public static <T extends Record & Toxic> ToxicType ofToxiproxy(String name, Class<T> toxic) {
        return new ToxicType(name, false, false, false, attributes -> attributes.read(toxic));
    }

    /** A type of our own. */
    public static <T extends Record & Toxic> ToxicType ofOurs(String name, Class<T> toxic) {
        return new ToxicType(name, true, false, false, attributes -> attributes.read(toxic));
    }

    /**
     * Makes a toxic of this type. Attributes that are missing have their defaults.
     *
     * @throws IllegalArgumentException for a value that this type cannot take, or an attribute that a strict type does not have
     */
    public Toxic create(Map<String, ?> attributes) {
        Attributes reader = new Attributes(name, attributes);
        Toxic toxic = maker.apply(reader);
        String complaint = reader.complaint();
        if (!complaint.isEmpty() && strict) {
            throw new IllegalArgumentException(complaint);
        }
        if (!complaint.isEmpty()) {
            log.warn("Attribute ignored: {}", complaint);
        }
        return toxic;
    }

    @Override
    public String toString() {
        return name;
    }
}

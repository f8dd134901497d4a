package dev.stabilitylab.faultinjector.toxic;

import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A kind of fault: its name in the control API and how to make one from its attributes. */
public final class ToxicType {

    private static final Logger log = LoggerFactory.getLogger(ToxicType.class);

    private final String name;
    private final boolean strict;
    private final boolean ofRequests;
    private final boolean downstreamOnly;
    private final Function<Attributes, Toxic> maker;

    private ToxicType(
            String name,
            boolean strict,
            boolean ofRequests,
            boolean downstreamOnly,
            Function<Attributes, Toxic> maker) {
        this.name = name;
        this.strict = strict;
        this.ofRequests = ofRequests;
        this.downstreamOnly = downstreamOnly;
        this.maker = maker;
    }

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
        return new ToxicType(name, strict, ofRequests, true, maker);
    }

    /** Whether single requests are hit, and not whole connections. */
    public boolean isOfRequests() {
        return ofRequests;
    }

    /** Whether it cannot act on what the client sends. */
    public boolean isDownstreamOnly() {
        return downstreamOnly;
    }

    /** The name, e.g. {@code latency}. */
    public String name() {
        return name;
    }

    /**
     * Makes a toxic of this type. Attributes that are missing have their defaults.
     *
     * @throws IllegalArgumentException for a value that this type cannot take, or an attribute that a type of our own does not have
     */
    public Toxic create(Map<String, ?> attributes) {
        Attributes reader = new Attributes(name, attributes);
        Toxic toxic = maker.apply(reader);
        reader.complaint().ifPresent(this::complain);
        return toxic;
    }

    private void complain(String complaint) {
        if (strict) {
            throw new IllegalArgumentException(complaint);
        }
        log.warn("Attribute ignored: {}", complaint);
    }

    @Override
    public String toString() {
        return name;
    }
}

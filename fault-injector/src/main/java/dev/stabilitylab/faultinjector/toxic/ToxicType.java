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
    private final Function<Attributes, Toxic> maker;

    private ToxicType(String name, boolean strict, Function<Attributes, Toxic> maker) {
        this.name = name;
        this.strict = strict;
        this.maker = maker;
    }

    /** A type that Toxiproxy has too. As there, attributes that it does not know are left alone. */
    static ToxicType ofToxiproxy(String name, Function<Attributes, Toxic> maker) {
        return new ToxicType(name, false, maker);
    }

    /** A type of our own. An attribute that it does not know is an error. */
    public static ToxicType ofOurs(String name, Function<Attributes, Toxic> maker) {
        return new ToxicType(name, true, maker);
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

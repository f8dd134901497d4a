package dev.stabilitylab.faultinjector.toxic;

import java.util.Map;
import java.util.function.Function;

/** A kind of fault: its name in the control API and how to make one from its attributes. */
public final class ToxicType {

    private final String name;
    private final Function<Attributes, Toxic> maker;

    ToxicType(String name, Function<Attributes, Toxic> maker) {
        this.name = name;
        this.maker = maker;
    }

    /** A type of our own. An attribute that it does not know is an error. */
    public static ToxicType ofOurs(String name, Function<Attributes, Toxic> maker) {
        return new ToxicType(name, maker);
    }

    /** The name, e.g. {@code latency}. */
    public String name() {
        return name;
    }

    /**
     * Makes a toxic of this type. Attributes that are missing have their defaults.
     *
     * @throws IllegalArgumentException for an attribute that this type does not have, or a value that it cannot take
     */
    public Toxic create(Map<String, ?> attributes) {
        Attributes reader = new Attributes(name, attributes);
        Toxic toxic = maker.apply(reader);
        reader.complaint().ifPresent(complaint -> {
            throw new IllegalArgumentException(complaint);
        });
        return toxic;
    }

    @Override
    public String toString() {
        return name;
    }
}

package dev.stabilitylab.faultinjector.toxic;

import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * A fault with its settings. Immutable: other settings are another toxic. Whether a connection is hit at all is decided by
 * the one who asks for a handler.
 */
public interface Toxic {

    /** The settings by name, in the shape in which the control API takes them. Those of a record are its components. */
    default Map<String, Object> attributes() {
        return Attributes.of((Record) this);
    }

    /** Does the harm to one direction of one connection. {@code random} belongs to this connection and this toxic. */
    ToxicHandler newHandler(RandomGenerator random);
}

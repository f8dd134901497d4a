package dev.stabilitylab.faultinjector.http;

import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What is done to a message that is hit. Immutable settings. */
public interface HttpFault {

    /** The settings by name, in the shape in which the control API takes them. */
    Map<String, Object> attributes();

    /**
     * Begins to act on one message.
     *
     * @param random belongs to this message
     */
    Effect newEffect(RandomGenerator random);

    /** Whether it responds in the upstream's place. */
    default boolean responds() {
        return false;
    }

    /**
     * The response to a request, for a fault that {@link #responds}.
     *
     * @param hasBody whether the request has one
     */
    default @Nullable OwnResponse response(RequestHead request, boolean hasBody) {
        return null;
    }
}

package dev.stabilitylab.faultinjector.http;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What is done to a message that is hit. The settings are the components of a record. */
public interface HttpFault {

    /**
     * Begins to act on one message.
     *
     * @param random belongs to this message
     */
    default Effect newEffect(RandomGenerator random) {
        return new Effect() {};
    }

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

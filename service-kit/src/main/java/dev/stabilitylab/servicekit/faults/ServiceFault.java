package dev.stabilitylab.servicekit.faults;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A fault of the service itself: it is slow, or fails, or both.
 *
 * @param slowdown null when it is not slow
 * @param errors null when it does not fail
 * @param seed of all that is random
 */
record ServiceFault(@Nullable Slowdown slowdown, @Nullable Errors errors, long seed) {

    ServiceFault {
        if (slowdown == null && errors == null) {
            throw new IllegalArgumentException("slowdown and errors are missing; at least one of them must be there");
        }
    }

    /** What it does to a request of {@code service}; always the same to the one with the same number. */
    Effect on(String service, long requestNumber) {
        RequestRandom random = new RequestRandom(seed, service, requestNumber);
        return new Effect(
                slowdown == null ? Duration.ZERO : slowdown.of(random.forPart("slowdown")),
                errors != null && errors.hit(random.forPart("errors")));
    }
}

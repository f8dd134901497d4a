package dev.stabilitylab.servicekit.faults;

import java.time.Duration;

/**
 * What a fault does to one request.
 *
 * @param slowdown what the request takes longer; zero for most, never negative
 * @param error whether the request fails
 */
public record Effect(Duration slowdown, boolean error) {

    /** A request that is served as if there were no fault. */
    public static final Effect NONE = new Effect(Duration.ZERO, false);
}

package dev.stabilitylab.servicekit.faults;

import java.util.random.RandomGenerator;

/**
 * Makes requests fail.
 *
 * @param probability share of the requests, above 0 and at most 1
 */
record Errors(double probability) {

    Errors {
        Limits.share("errors.probability", probability);
    }

    /** Whether one request fails. */
    boolean hit(RandomGenerator random) {
        return random.nextDouble() < probability;
    }
}

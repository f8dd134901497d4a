package dev.stabilitylab.servicekit.faults;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * The randomness of one request. It depends on nothing but the seed, the service's name and the request's number, so that a run can be
 * repeated however the threads take turns, and two services with the same seed do not hit the same pages.
 */
final class RequestRandom {

    private final long seed;

    RequestRandom(long seed, String service, long requestNumber) {
        this.seed = mix(mix(seed, service.hashCode()), requestNumber);
    }

    /** A generator for that part of the fault; always the same for the same name, whatever the other parts are. */
    RandomGenerator forPart(String name) {
        return new SplittableRandom(mix(seed, name.hashCode()));
    }

    private static long mix(long seed, long value) {
        return new SplittableRandom(seed ^ new SplittableRandom(value).nextLong()).nextLong();
    }
}

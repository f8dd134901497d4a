package dev.stabilitylab.faultinjector.proxy;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * The randomness of one connection. It depends on nothing but the seed, the proxy's name and the connection's number, so that a run
 * can be repeated however the threads take turns.
 */
final class ConnectionRandom {

    private final long seed;

    ConnectionRandom(long seed, String proxy, long connectionNumber) {
        this.seed = mix(mix(seed, proxy.hashCode()), connectionNumber);
    }

    /** A generator for that toxic on this connection; always the same for the same name. */
    RandomGenerator forToxic(String name) {
        return new SplittableRandom(mix(seed, name.hashCode()));
    }

    private static long mix(long seed, long value) {
        return new SplittableRandom(seed ^ new SplittableRandom(value).nextLong()).nextLong();
    }
}

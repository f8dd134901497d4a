package dev.stabilitylab.faultinjector.toxic;

import java.util.random.RandomGenerator;

/** A toxic that loses nothing, and only decides when bytes and the end pass. */
interface PacedToxic extends Toxic {

    /**
     * The pace of one direction of one connection.
     *
     * @param random belongs to this connection and this toxic
     */
    Pace newPace(RandomGenerator random);

    @Override
    default ToxicHandler newHandler(RandomGenerator random) {
        return new PacedHandler(newPace(random), System::nanoTime);
    }
}

package dev.stabilitylab.faultinjector.toxic;

import java.util.random.RandomGenerator;

/** A toxic that loses nothing, and only decides when bytes and the end pass. */
public interface ShapingToxic extends Toxic {

    /** The shaper of one direction of one connection. {@code random} belongs to this connection and this toxic. */
    Shaper newShaper(RandomGenerator random);

    @Override
    default ToxicHandler newHandler(RandomGenerator random) {
        return new ShapingHandler(newShaper(random), System::nanoTime);
    }
}

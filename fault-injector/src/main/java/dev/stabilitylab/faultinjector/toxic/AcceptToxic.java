package dev.stabilitylab.faultinjector.toxic;

import java.util.random.RandomGenerator;

/** A fault of the port itself: it says how many connections are let in, and leaves those alone that are. */
public interface AcceptToxic extends Toxic {

    /** One more connection is accepted as long as fewer than these are open. */
    long connections();

    @Override
    default ToxicHandler newHandler(RandomGenerator random) {
        return new ToxicHandler() {};
    }
}

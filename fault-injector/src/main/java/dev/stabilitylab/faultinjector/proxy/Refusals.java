package dev.stabilitylab.faultinjector.proxy;

import org.jspecify.annotations.Nullable;

/** Makes changes one after the other, also those after one that is refused. */
public final class Refusals {

    private @Nullable RefusedException first;

    /** Makes a change; returns whether it was made. */
    public boolean attempt(Runnable change) {
        try {
            change.run();
            return true;
        } catch (RefusedException refused) {
            if (first == null) {
                first = refused;
            } else {
                first.addSuppressed(refused);
            }
            return false;
        }
    }

    /** To be called at the end. Throws the first one, with the others suppressed, if there was one. */
    public void throwFirst() {
        if (first != null) {
            throw first;
        }
    }
}

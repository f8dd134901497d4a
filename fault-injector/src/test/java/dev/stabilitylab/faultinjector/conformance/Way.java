package dev.stabilitylab.faultinjector.conformance;

import java.util.Locale;

/** Which way bytes flow; a toxic's {@code stream}. */
public enum Way {
    /** From the client to the server. */
    UPSTREAM,
    /** From the server to the client. */
    DOWNSTREAM;

    /** As the control API calls it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package dev.stabilitylab.faultinjector.proxy;

import java.util.Locale;

/** Which way bytes flow; the control API calls it {@code stream}. */
public enum Direction {
    /** From the client to the upstream: requests. */
    UPSTREAM,
    /** From the upstream to the client: answers. */
    DOWNSTREAM;

    /** The name in the control API: {@code upstream} or {@code downstream}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package dev.stabilitylab.faultinjector.proxy;

import java.util.Locale;

/**
 * Why something changes. Whoever makes changes for another reason than a request says so with {@link #during}; it need not be handed
 * from method to method.
 */
public enum Cause {
    /** Somebody asked for it. */
    API,
    /** The delay of a fault was over. */
    DELAY,
    /** The time to live of a fault was over. */
    TTL,
    RESET,
    /** It was due in a schedule. */
    SCHEDULE;

    private static final ThreadLocal<Cause> CURRENT = ThreadLocal.withInitial(() -> API);

    /** The cause of the changes that this thread makes now; {@link #API} unless it was said otherwise. */
    static Cause current() {
        return CURRENT.get();
    }

    /** Makes this the cause of all changes that {@code changes} makes on this thread. */
    public void during(Runnable changes) {
        Cause before = CURRENT.get();
        CURRENT.set(this);
        try {
            changes.run();
        } finally {
            CURRENT.set(before);
        }
    }

    /** The name in events, e.g. {@code ttl}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}

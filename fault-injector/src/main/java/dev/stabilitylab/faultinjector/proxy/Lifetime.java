package dev.stabilitylab.faultinjector.proxy;

/**
 * When a fault ends by itself, if it does.
 *
 * @param ttlMillis from its beginning, or from the last change of it; 0 for a fault that lasts until somebody ends it
 */
public record Lifetime(long ttlMillis) {

    /** A fault that lasts until somebody ends it. */
    public static final Lifetime LASTING = new Lifetime(0);

    /** The longest time to live: a day. */
    public static final long MAX_TTL_MILLIS = 86_400_000;

    /** Refuses, with an {@link IllegalArgumentException}, a time that is out of range. */
    public Lifetime {
        if (ttlMillis < 0 || ttlMillis > MAX_TTL_MILLIS) {
            throw new IllegalArgumentException(
                    "ttl is %d; it must be from 1 to %d".formatted(ttlMillis, MAX_TTL_MILLIS));
        }
    }

    boolean isLasting() {
        return ttlMillis == 0;
    }

    /** For the log: {@code , for 500 ms}, or nothing. */
    String remark() {
        return isLasting() ? "" : ", for %d ms".formatted(ttlMillis);
    }
}

package dev.stabilitylab.faultinjector.proxy;

/**
 * When a fault begins, and when it ends by itself, if it does.
 *
 * @param delayMillis from the request for it to its beginning; 0 for one that begins at once
 * @param ttlMillis from its beginning to its end; 0 for a fault that lasts until somebody ends it
 */
public record Lifetime(long delayMillis, long ttlMillis) {

    /** A fault that begins at once and lasts until somebody ends it. */
    public static final Lifetime LASTING = new Lifetime(0, 0);

    /** The longest delay, and the longest time to live: a day. */
    public static final long MAX_MILLIS = 86_400_000;

    /** Refuses, with an {@link IllegalArgumentException}, a time that is out of range. */
    public Lifetime {
        if (delayMillis < 0 || delayMillis > MAX_MILLIS) {
            throw new IllegalArgumentException(
                    "delay is %d; it must be from 0 to %d".formatted(delayMillis, MAX_MILLIS));
        }
        if (ttlMillis < 0 || ttlMillis > MAX_MILLIS) {
            throw new IllegalArgumentException("ttl is %d; it must be from 1 to %d".formatted(ttlMillis, MAX_MILLIS));
        }
    }

    static Lifetime ofTtl(long millis) {
        return new Lifetime(0, millis);
    }

    boolean isDelayed() {
        return delayMillis > 0;
    }

    /** For the log: {@code , in 200 ms, for 500 ms}, or a part of that, or nothing. */
    String remark() {
        return (isDelayed() ? ", in %d ms".formatted(delayMillis) : "")
                + (ttlMillis > 0 ? ", for %d ms".formatted(ttlMillis) : "");
    }
}

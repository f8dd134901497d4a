package dev.stabilitylab.faultinjector.proxy;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something that has changed, and is in effect.
 *
 * @param proxy as it is after the change
 * @param toxic which one, as it is after the change; null when the change is one of the proxy itself
 * @param remaining what is left of the time of the toxic
 */
public record Change(
        Kind kind, Cause cause, Proxy proxy, @Nullable AppliedToxic toxic, Lifetime remaining) {

    /** What happened. */
    public enum Kind {
        /** There is one more proxy. */
        PROXY_ADDED,
        /** A proxy has other addresses, or another time to live, or an error. */
        PROXY_CHANGED,
        /** A proxy listens, and did not before. */
        PROXY_ENABLED,
        /** A proxy refuses, and did not before. */
        PROXY_DISABLED,
        /** There is one proxy less, and its toxics are gone with it. */
        PROXY_REMOVED,
        /** There is one more toxic. */
        TOXIC_ADDED,
        /** A toxic has other settings or another time to live. */
        TOXIC_CHANGED,
        /** There is one toxic less. */
        TOXIC_REMOVED;

        /** The name in events, e.g. {@code toxic-added}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}

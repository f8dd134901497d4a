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

    public enum Kind {
        PROXY_ADDED,
        /** It has other addresses, or another time to live, or an error. */
        PROXY_CHANGED,
        PROXY_ENABLED,
        PROXY_DISABLED,
        /** Its toxics are removed with it. */
        PROXY_REMOVED,
        TOXIC_ADDED,
        /** It has other settings or another time to live. */
        TOXIC_CHANGED,
        TOXIC_REMOVED;

        /** The name in events, e.g. {@code toxic-added}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}

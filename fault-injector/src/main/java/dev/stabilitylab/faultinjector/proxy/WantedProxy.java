package dev.stabilitylab.faultinjector.proxy;

/**
 * What a proxy is to be.
 *
 * @param outage how long it stays disabled; one that is enabled has {@link Lifetime#LASTING}
 */
public record WantedProxy(ProxySettings settings, Lifetime outage) {

    /** Refuses, with an {@link IllegalArgumentException}, a time for a proxy that is enabled. */
    public WantedProxy {
        if (settings.enabled() && !outage.isLasting()) {
            throw new IllegalArgumentException("ttl of %s is %d, but %s is enabled; only a disabled proxy can have one"
                    .formatted(settings.name(), outage.ttlMillis(), settings.name()));
        }
    }

    /** Settings that stay until somebody changes them. */
    public static WantedProxy lasting(ProxySettings settings) {
        return new WantedProxy(settings, Lifetime.LASTING);
    }
}

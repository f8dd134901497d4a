package dev.stabilitylab.faultinjector.proxy;

/**
 * What a proxy is to be.
 *
 * @param outage when it is disabled, and for how long; one that is enabled has {@link Lifetime#LASTING}
 */
public record WantedProxy(ProxySettings settings, Lifetime outage) {

    /** Refuses, with an {@link IllegalArgumentException}, a time for a proxy that is enabled. */
    public WantedProxy {
        requireOutage(settings.name(), settings.enabled(), outage);
    }

    /** Settings that stay until somebody changes them. */
    public static WantedProxy lasting(ProxySettings settings) {
        return new WantedProxy(settings, Lifetime.LASTING);
    }

    /** Refuses, with an {@link IllegalArgumentException}, a time for a proxy that is enabled. */
    public static void requireOutage(String name, boolean enabled, Lifetime outage) {
        if (enabled && !outage.equals(Lifetime.LASTING)) {
            boolean delayed = outage.isDelayed();
            throw new IllegalArgumentException("%s of %s is %d, but %s is enabled; only a disabled proxy can have one"
                    .formatted(
                            delayed ? "delay" : "ttl",
                            name,
                            delayed ? outage.delayMillis() : outage.ttlMillis(),
                            name));
        }
    }
}

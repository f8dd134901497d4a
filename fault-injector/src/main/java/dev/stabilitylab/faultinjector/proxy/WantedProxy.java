package dev.stabilitylab.faultinjector.proxy;

import java.util.List;
import java.util.Map;

/**
 * What a proxy is to be.
 *
 * @param outage when it is disabled, and for how long; one that is enabled has {@link Lifetime#LASTING}
 * @param toxics of a proxy that is added, in their order
 */
public record WantedProxy(ProxySettings settings, Lifetime outage, List<WantedToxic> toxics) {

    /** Refuses, with an {@link IllegalArgumentException}, a time for a proxy that is enabled. */
    public WantedProxy {
        requireOutage(settings.name(), settings.enabled(), outage);
        toxics = List.copyOf(toxics);
    }

    /** A proxy without toxics, or a change of one that leaves them alone. */
    public WantedProxy(ProxySettings settings, Lifetime outage) {
        this(settings, outage, List.of());
    }

    /** The host at which it is to listen: a name, or an IP address. */
    public String listenHost() {
        return settings.listen().host();
    }

    /** The same with what the host came to at which it is to listen, if that is among {@code found}. */
    public WantedProxy with(Map<String, Resolution> found) {
        return new WantedProxy(settings.with(found), outage, toxics);
    }

    /**
     * Refuses a host to listen at that is not known, also for a proxy that is disabled; as Toxiproxy does when a proxy is changed.
     *
     * @throws RefusedException when it is not known
     */
    public void requireListenHost() {
        Address unused = settings.listen().require(settings.name(), "");
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

    /**
     * A toxic from the start.
     *
     * @param lifetime when it begins and ends by itself
     */
    public record WantedToxic(AppliedToxic toxic, Lifetime lifetime) {}
}

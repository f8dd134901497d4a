package dev.stabilitylab.faultinjector.proxy;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a proxy is to be.
 *
 * @param outage when it is disabled, and for how long; one that is enabled has {@link Lifetime#LASTING}
 * @param givenToxics all that it is to have, in their order; empty for a change that leaves them alone
 */
public record WantedProxy(ProxySettings settings, Lifetime outage, Optional<List<WantedToxic>> givenToxics) {

    public static final int MAX_TOXICS = Toxics.MAX;

    /** Refuses, with an {@link IllegalArgumentException}, a time for a proxy that is enabled. */
    public WantedProxy {
        requireOutage(settings.name(), settings.enabled(), outage);
        givenToxics = givenToxics.map(List::copyOf);
    }

    /** A proxy without toxics, or a change of one that leaves them alone. */
    public WantedProxy(ProxySettings settings, Lifetime outage) {
        this(settings, outage, Optional.empty());
    }

    /** The same with those toxics, if any are given. */
    public WantedProxy withToxics(Optional<List<WantedToxic>> given) {
        return new WantedProxy(settings, outage, given);
    }

    /** The toxics of a proxy that is added. */
    public List<WantedToxic> toxics() {
        return givenToxics.orElse(List.of());
    }

    /** The same with the port that was found, where any free one is wanted at the host at which the proxy has one. */
    WantedProxy withPortOf(ListenAddress found) {
        ListenAddress listen = settings.listen();
        ListenAddress there = new ListenAddress(new Address(listen.host(), found.port()), listen.resolution());
        return listen.port() == 0 && found.isAt(there)
                ? new WantedProxy(settings.withListen(found), outage, givenToxics)
                : this;
    }

    /** The host at which it is to listen: a name, or an IP address. */
    public String listenHost() {
        return settings.listen().host();
    }

    /** The same with what the host came to at which it is to listen, if that is among {@code found}. */
    public WantedProxy with(Map<String, Resolution> found) {
        return new WantedProxy(settings.withListen(settings.listen().with(found)), outage, givenToxics);
    }

    /**
     * Refuses, with a {@link RefusedException}, a host to listen at that is not known, also for a proxy that is disabled; as Toxiproxy does
     * when a proxy is changed.
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

    /** What a toxic is to be, and when it begins and ends by itself. */
    public record WantedToxic(AppliedToxic toxic, Lifetime lifetime) {}
}

package dev.stabilitylab.faultinjector.proxy;

import dev.stabilitylab.faultinjector.proxy.RefusedException.Reason;
import java.net.InetAddress;
import java.util.Collection;
import java.util.Set;

/**
 * Where the control API may make the fault injector connect to and listen. Whoever reaches the API must not thereby reach everything that
 * this machine does, nor put on the network what only this machine reaches: by default both are this machine itself, and what was named
 * when the fault injector was started.
 */
public final class AllowedAddresses {

    private final Set<Address> upstreams;
    private final boolean anyUpstream;
    private final Set<Address> listens;
    private final boolean anyListen;

    private AllowedAddresses(
            Collection<Address> upstreams, boolean anyUpstream, Collection<Address> listens, boolean anyListen) {
        this.upstreams = Set.copyOf(upstreams);
        this.anyUpstream = anyUpstream;
        this.listens = Set.copyOf(listens);
        this.anyListen = anyListen;
    }

    /** Loopback addresses and {@code localhost}, for both. */
    public static AllowedAddresses loopback() {
        return new AllowedAddresses(Set.of(), false, Set.of(), false);
    }

    /** No address is refused. */
    public static AllowedAddresses any() {
        return loopback().andAnyUpstream().andAnyListen();
    }

    /** These too to connect to. */
    public AllowedAddresses andUpstreams(Collection<Address> named) {
        return new AllowedAddresses(named, anyUpstream, listens, anyListen);
    }

    /** All to connect to. */
    public AllowedAddresses andAnyUpstream() {
        return new AllowedAddresses(upstreams, true, listens, anyListen);
    }

    /** These too to listen at. */
    public AllowedAddresses andListens(Collection<Address> named) {
        return new AllowedAddresses(upstreams, anyUpstream, named, anyListen);
    }

    /** All to listen at. */
    public AllowedAddresses andAnyListen() {
        return new AllowedAddresses(upstreams, anyUpstream, listens, true);
    }

    void requireUpstream(ProxySettings settings) {
        Address upstream = settings.upstream();
        if (!anyUpstream && !upstream.isLoopback() && !upstreams.contains(upstream)) {
            throw new RefusedException(
                    Reason.NOT_ALLOWED,
                    "upstream not allowed",
                    ("upstream of %s is %s; it must be on this machine or one that was named at the start,"
                                    + " with --proxy, --config or --allow-upstream")
                            .formatted(settings.name(), upstream));
        }
    }

    void requireListen(ProxySettings settings) {
        ListenAddress listen = settings.listen();
        InetAddress ip = listen.ip();
        // What is not known cannot be listened at either, and another error says so.
        if (!anyListen && ip != null && !ip.isLoopbackAddress() && !listens.contains(listen.given())) {
            throw new RefusedException(
                    Reason.NOT_ALLOWED,
                    "listen not allowed",
                    ("listen of %s is %s; it must be a loopback address or one that was named at the start,"
                                    + " with --proxy, --config or --allow-listen")
                            .formatted(settings.name(), listen));
        }
    }
}

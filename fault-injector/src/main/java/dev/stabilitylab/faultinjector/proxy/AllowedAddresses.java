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
public record AllowedAddresses(Set<Address> upstreams, boolean anyUpstream, Set<Address> listens, boolean anyListen) {

    /** Loopback addresses and {@code localhost}, for both. */
    public static AllowedAddresses loopback() {
        return new AllowedAddresses(Set.of(), false, Set.of(), false);
    }

    /** No address is refused. */
    public static AllowedAddresses any() {
        return new AllowedAddresses(Set.of(), true, Set.of(), true);
    }

    /** These to connect to, besides loopback addresses. */
    public AllowedAddresses andUpstreams(Collection<Address> named) {
        return new AllowedAddresses(Set.copyOf(named), anyUpstream, listens, anyListen);
    }

    /** All to connect to. */
    public AllowedAddresses andAnyUpstream() {
        return new AllowedAddresses(upstreams, true, listens, anyListen);
    }

    /** These to listen at, besides loopback addresses. */
    public AllowedAddresses andListens(Collection<Address> named) {
        return new AllowedAddresses(upstreams, anyUpstream, Set.copyOf(named), anyListen);
    }

    /** All to listen at. */
    public AllowedAddresses andAnyListen() {
        return new AllowedAddresses(upstreams, anyUpstream, listens, true);
    }

    void requireUpstream(ProxySettings settings) {
        Address upstream = settings.upstream();
        if (!anyUpstream && !upstream.isLoopback() && !upstreams.contains(upstream)) {
            throw notAllowed("upstream", settings.name(), upstream, "on this machine");
        }
    }

    void requireListen(ProxySettings settings) {
        ListenAddress listen = settings.listen();
        InetAddress ip = listen.ip();
        // What is not known cannot be listened at either, and another error says so.
        if (!anyListen && ip != null && !ip.isLoopbackAddress() && !listens.contains(listen.given())) {
            throw notAllowed("listen", settings.name(), listen.given(), "a loopback address");
        }
    }

    private static RefusedException notAllowed(String role, String proxy, Address address, String local) {
        return new RefusedException(
                Reason.NOT_ALLOWED,
                role + " not allowed",
                "%s of %s is %s; it must be %s or one that was named at the start, with --proxy, --config or --allow-%s"
                        .formatted(role, proxy, address, local, role));
    }
}

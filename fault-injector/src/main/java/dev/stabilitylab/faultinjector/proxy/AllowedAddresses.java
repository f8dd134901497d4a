package dev.stabilitylab.faultinjector.proxy;

import dev.stabilitylab.faultinjector.proxy.RefusedException.Reason;
import java.net.InetAddress;
import java.util.Collection;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Where the control API may make the fault injector connect to and listen. Whoever reaches the API must not thereby reach everything that
 * this machine does, nor put on the network what only this machine reaches: by default both are this machine itself, and what was named
 * when the fault injector was started.
 *
 * @param upstreams to connect to, besides loopback addresses and {@code localhost}
 * @param listens to listen at, besides loopback addresses and {@code localhost}
 */
public record AllowedAddresses(Predicate<Address> upstreams, Predicate<Address> listens) {

    /** Loopback addresses and {@code localhost}, for both. */
    public static AllowedAddresses loopback() {
        return new AllowedAddresses(address -> false, address -> false);
    }

    public static AllowedAddresses any() {
        return loopback().andAnyUpstream().andAnyListen();
    }

    public AllowedAddresses andUpstreams(Collection<Address> named) {
        return new AllowedAddresses(Set.copyOf(named)::contains, listens);
    }

    public AllowedAddresses andAnyUpstream() {
        return new AllowedAddresses(address -> true, listens);
    }

    public AllowedAddresses andListens(Collection<Address> named) {
        return new AllowedAddresses(upstreams, Set.copyOf(named)::contains);
    }

    public AllowedAddresses andAnyListen() {
        return new AllowedAddresses(upstreams, address -> true);
    }

    void requireUpstream(ProxySettings settings) {
        Address upstream = settings.upstream();
        if (!upstream.isLoopback() && !upstreams.test(upstream)) {
            throw notAllowed("upstream", settings.name(), upstream, "on this machine");
        }
    }

    void requireListen(ProxySettings settings) {
        Address listen = settings.listen().given();
        InetAddress ip = settings.listen().ip();
        // What is not known cannot be listened at either, and another error says so.
        if (ip != null && !ip.isLoopbackAddress() && !listens.test(listen)) {
            throw notAllowed("listen", settings.name(), listen, "a loopback address");
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

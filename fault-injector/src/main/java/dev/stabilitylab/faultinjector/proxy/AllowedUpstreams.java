package dev.stabilitylab.faultinjector.proxy;

import dev.stabilitylab.faultinjector.proxy.RefusedException.Reason;
import java.util.Collection;
import java.util.Set;

/**
 * Where the control API may make the fault injector connect to. Whoever reaches the API must not thereby reach everything that this
 * machine does: by default it is this machine itself, and what was named when the fault injector was started.
 */
public final class AllowedUpstreams {

    private final Set<Address> named;
    private final boolean any;

    private AllowedUpstreams(Collection<Address> named, boolean any) {
        this.named = Set.copyOf(named);
        this.any = any;
    }

    /** Loopback addresses, {@code localhost}, and these. */
    public static AllowedUpstreams loopbackAnd(Collection<Address> named) {
        return new AllowedUpstreams(named, false);
    }

    /** No address is refused. */
    public static AllowedUpstreams any() {
        return new AllowedUpstreams(Set.of(), true);
    }

    void require(ProxySettings settings) {
        Address upstream = settings.upstream();
        if (!any && !upstream.isLoopback() && !named.contains(upstream)) {
            throw new RefusedException(
                    Reason.NOT_ALLOWED,
                    "upstream not allowed",
                    ("upstream of %s is %s; it must be on this machine or one that was named at the start,"
                                    + " with --proxy, --config or --allow-upstream")
                            .formatted(settings.name(), upstream));
        }
    }
}

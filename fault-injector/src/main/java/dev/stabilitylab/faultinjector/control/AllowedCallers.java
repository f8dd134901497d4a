package dev.stabilitylab.faultinjector.control;

import dev.stabilitylab.faultinjector.proxy.Address;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who may use the control API. It has no password, and a page in a browser sends requests to this machine too, be it as the page of
 * another site or under a name of its own that it makes stand for this machine (DNS rebinding). What a browser says of a request gives
 * both away; other clients say none of it.
 */
public final class AllowedCallers {

    private static final Set<String> SAME_SITE = Set.of("same-origin", "none");

    private final Set<String> hosts;

    /** @param hosts names and IP addresses by which this machine is called, besides {@code localhost} and loopback addresses */
    public AllowedCallers(Collection<String> hosts) {
        this.hosts = hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }

    /** Why the request is refused, if it is. */
    Optional<String> refusal(HttpHeaders headers) {
        String site = headers.get("Sec-Fetch-Site", "none");
        if (!SAME_SITE.contains(site.toLowerCase(Locale.ROOT))) {
            return Optional.of(
                    "Sec-Fetch-Site is %s; pages of other sites may not use the control API".formatted(site));
        }
        String host = headers.get(HttpHeaderNames.HOST, "");
        String origin = headers.get(HttpHeaderNames.ORIGIN, "");
        if (!origin.isEmpty() && !origin.equalsIgnoreCase("http://" + host)) {
            return Optional.of("Origin is %s; pages of other sites may not use the control API".formatted(origin));
        }
        if (!host.isEmpty() && !isAllowed(host)) {
            return Optional.of(
                    "Host is %s; it must be localhost, a loopback address, or what --host or --allow-host says"
                            .formatted(host));
        }
        // Browsers that are too old to say more.
        return headers.get(HttpHeaderNames.USER_AGENT, "").startsWith("Mozilla/")
                ? Optional.of("User agent not allowed")
                : Optional.empty();
    }

    private boolean isAllowed(String hostHeader) {
        String withoutPort = hostHeader.replaceFirst(":[0-9]*$", "");
        String name = withoutPort.replaceFirst("^\\[(.*)]$", "$1").toLowerCase(Locale.ROOT);
        return hosts.contains(name) || new Address(name, 0).isLoopback();
    }
}

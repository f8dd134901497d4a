package dev.stabilitylab.servicekit.management;

import dev.stabilitylab.apiclient.internal.support.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/**
 * Refuses requests that a browser sends on behalf of a web page. The management port has no password, and a page of another site can
 * send requests to this machine too: as what it is, which {@code Origin} and {@code Sec-Fetch-Site} say, or under a name of its own that
 * it makes stand for this machine (DNS rebinding), which {@code Host} says.
 */
final class ManagementGuard extends HttpFilter {

    private static final long serialVersionUID = 1L;

    /** An IPv4 address or an IPv6 address in brackets. Nobody can make these stand for another machine. */
    private static final Pattern ADDRESS = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|\\[[0-9a-f:.]+]");

    private static final Set<String> FROM_NO_OTHER_SITE = Set.of("same-origin", "none");

    private final transient ManagementProperties properties;
    private final transient ProblemWriter problems;

    ManagementGuard(ManagementProperties properties, ProblemWriter problems) {
        this.properties = properties;
        this.problems = problems;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String refusal = refusal(request);
        if (refusal == null) {
            chain.doFilter(request, response);
        } else {
            problems.write(
                    ProblemWriter.problem(HttpStatus.FORBIDDEN, "The management port is not for web pages", refusal),
                    new HttpHeaders(),
                    response);
        }
    }

    private @Nullable String refusal(HttpServletRequest request) {
        String host = header(request, HttpHeaders.HOST);
        if (!isAllowed(host.replaceFirst(":[0-9]*$", "").toLowerCase(Locale.ROOT))) {
            return "Host is %s; it must be localhost, an IP address, or one of service-kit.management.allowed-hosts."
                    .formatted(host);
        }
        String origin = header(request, HttpHeaders.ORIGIN);
        if (!origin.isEmpty() && !origin.equalsIgnoreCase(request.getScheme() + "://" + host)) {
            return "Origin is %s; a page of another site may not use the management port.".formatted(origin);
        }
        String site = header(request, "Sec-Fetch-Site");
        if (!site.isEmpty() && !FROM_NO_OTHER_SITE.contains(site)) {
            return "Sec-Fetch-Site is %s; a page of another site may not use the management port.".formatted(site);
        }
        return null;
    }

    private boolean isAllowed(String name) {
        return name.equals("localhost")
                || ADDRESS.matcher(name).matches()
                || properties.allowedHosts().contains(name);
    }

    private static String header(HttpServletRequest request, String name) {
        String value = request.getHeader(name);
        return value == null ? "" : value;
    }
}

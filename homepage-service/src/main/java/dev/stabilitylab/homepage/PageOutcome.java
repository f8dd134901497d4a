package dev.stabilitylab.homepage;

import dev.stabilitylab.servicekit.degradation.Degradation;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.servlet.DispatcherServlet;

/** How one request for the page ended, as its caller sees it. */
enum PageOutcome {

    /** The whole page. */
    FULL,
    /** A page that does without an upstream, or rests on stale permissions. */
    DEGRADED,
    /** No page, and the caller's own mistake: a token that is not valid, a permission that is missing, a malformed header. */
    REFUSED,
    /** No page, and not the caller's fault: an error of this service, or an answer that could not be delivered. */
    FAILED;

    private static final int BAD_REQUEST = 400;
    private static final int INTERNAL_SERVER_ERROR = 500;

    /** The outcome of a request that was answered without an exception. */
    static PageOutcome of(HttpServletRequest request, HttpServletResponse response) {
        if (response.getStatus() >= INTERNAL_SERVER_ERROR) {
            return FAILED;
        }
        if (response.getStatus() >= BAD_REQUEST) {
            return REFUSED;
        }
        if (wasBrokenOff(request)) {
            return FAILED;
        }
        return response.containsHeader(Degradation.DEGRADED) ? DEGRADED : FULL;
    }

    /** An exception behind a status of success: the page could not be written, since the caller had gone. */
    private static boolean wasBrokenOff(HttpServletRequest request) {
        return request.getAttribute(DispatcherServlet.EXCEPTION_ATTRIBUTE) != null;
    }
}

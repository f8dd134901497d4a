package dev.stabilitylab.servicekit.problems;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.springframework.web.cors.CorsUtils;

/** Refuses a CORS preflight, as Spring does where no other site is allowed, but with a problem in place of its plain text. */
final class PreflightRefusal extends ValveBase {

    PreflightRefusal() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        if (CorsUtils.isPreFlightRequest(request)) {
            response.sendError(Response.SC_FORBIDDEN);
        } else {
            getNext().invoke(request, response);
        }
    }
}

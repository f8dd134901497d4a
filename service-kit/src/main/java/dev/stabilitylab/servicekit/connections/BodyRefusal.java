package dev.stabilitylab.servicekit.connections;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.springframework.http.HttpHeaders;

/**
 * Refuses requests that have a body, and closes their connections without reading it. Tomcat would read it to its end after the answer, to
 * find the next request, and a client that sends it slowly would hold a thread all that time.
 */
final class BodyRefusal extends ValveBase {

    BodyRefusal() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        if (request.getContentLengthLong() > 0 || request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null) {
            request.getCoyoteRequest().action(ActionCode.DISABLE_SWALLOW_INPUT, null);
            response.sendError(Response.SC_REQUEST_ENTITY_TOO_LARGE);
        } else {
            getNext().invoke(request, response);
        }
    }
}

package dev.stabilitylab.apiclient.internal.support;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;

/**
 * Writes a problem (RFC 9457) to the wire, past content negotiation: Spring sends no body at all when the request's Accept header
 * cannot be parsed, and the caller should be told why even then.
 */
public final class ProblemWriter {

    private final ObjectMapper json;

    public ProblemWriter(ObjectMapper json) {
        this.json = json;
    }

    /**
     * A problem to write.
     *
     * @param title the kind of problem, the same words every time
     * @param detail this very case; never a secret, never internals
     */
    public static ProblemDetail problem(HttpStatusCode status, String title, String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setTitle(title);
        return problem;
    }

    /** The body alone, for a response that is not a servlet's. */
    public byte[] toJson(ProblemDetail problem) throws IOException {
        return json.writeValueAsBytes(problem);
    }

    /** Does nothing when a response is on its way already. */
    public void write(ProblemDetail problem, HttpHeaders headers, HttpServletResponse response) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        response.resetBuffer();
        response.setStatus(problem.getStatus());
        headers.forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
        byte[] body = toJson(problem);
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}

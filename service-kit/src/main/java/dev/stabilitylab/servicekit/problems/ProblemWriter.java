package dev.stabilitylab.servicekit.problems;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;

/**
 * Writes a problem to the wire, past content negotiation: Spring sends no body at all when the request's Accept header
 * cannot be parsed, and the caller should be told why even then.
 */
final class ProblemWriter {

    private final ObjectMapper json;

    ProblemWriter(ObjectMapper json) {
        this.json = json;
    }

    byte[] toJson(ProblemDetail problem) throws IOException {
        return json.writeValueAsBytes(problem);
    }

    /** Does nothing when an answer is on its way already. */
    void write(ProblemDetail problem, HttpHeaders headers, HttpServletResponse response) throws IOException {
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

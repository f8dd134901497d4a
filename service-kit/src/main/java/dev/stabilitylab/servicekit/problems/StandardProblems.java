package dev.stabilitylab.servicekit.problems;

import dev.stabilitylab.apiclient.internal.support.ProblemWriter;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;

/** Words for errors that are found outside the services' own code: by Spring or by the server. */
final class StandardProblems {

    private StandardProblems() {}

    /** The problem of a status, in words that hold whatever caused it. */
    static ProblemDetail of(int status) {
        return switch (status) {
            case 400 ->
                problem(
                        status,
                        "The request is malformed",
                        "The request line, a header or the body is malformed, or the headers are too long.");
            case 403 ->
                problem(
                        status,
                        "Not allowed from another site",
                        "Web pages of other sites may not use this service (CORS).");
            case 404 -> problem(status, "There is nothing here", "No endpoint has this path.");
            case 405 ->
                problem(
                        status,
                        "The method is not supported",
                        "This path does not support the request's method; the header Allow lists those it supports.");
            case 406 ->
                problem(
                        status,
                        "The answer would not be acceptable",
                        "The request's header Accept does not allow what this path answers with: application/json.");
            case 413 -> problem(status, "The request is too large", "The request's body is longer than is accepted.");
            case 415 ->
                problem(status, "The body's type is not supported", "This path does not accept this type of body.");
            case 431 ->
                problem(status, "The headers are too long", "The request's headers are longer than is accepted.");
            case 500 -> problem(status, "The service failed", "The service failed on this request. Its log says more.");
            case 501 -> problem(status, "Not implemented", "The service does not know how to serve this request.");
            case 503 -> problem(status, "The service is unavailable", "The service cannot serve this request now.");
            default -> problem(status, phrase(status), "The request ended with status " + status + ".");
        };
    }

    /** The same with a more telling detail, if there is one. */
    static ProblemDetail of(HttpStatusCode status, @Nullable String detail) {
        ProblemDetail problem = of(status.value());
        if (detail != null && !status.is5xxServerError()) {
            problem.setDetail(detail);
        }
        return problem;
    }

    private static ProblemDetail problem(int status, String title, String detail) {
        return ProblemWriter.problem(HttpStatusCode.valueOf(status), title, detail);
    }

    private static String phrase(int status) {
        HttpStatus known = HttpStatus.resolve(status);
        return known == null ? "Status " + status : known.getReasonPhrase();
    }
}

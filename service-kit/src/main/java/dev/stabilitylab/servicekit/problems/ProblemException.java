package dev.stabilitylab.servicekit.problems;

import dev.stabilitylab.apiclient.internal.support.ProblemWriter;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

/**
 * Ends the request with a problem. It is an answer, not a defect, so it carries no stack trace: a service that turns away
 * a flood of requests must not spend its time on walking stacks.
 */
public final class ProblemException extends ErrorResponseException {

    /**
     * A problem for the caller.
     *
     * @param title the kind of problem, the same words every time
     * @param detail this very case; never a secret, never internals
     */
    public ProblemException(HttpStatus status, String title, String detail) {
        super(status, ProblemWriter.problem(status, title, detail), null);
    }

    /** Adds a header to the answer. */
    public ProblemException with(String header, String value) {
        getHeaders().add(header, value);
        return this;
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}

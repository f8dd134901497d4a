package dev.stabilitylab.servicekit.problems;

import dev.stabilitylab.apiclient.internal.support.ProblemWriter;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.http.MediaType;

/**
 * Answers what never reaches Spring's dispatcher, e.g. a request line that cannot be parsed, headers that are too long
 * or an exception in a filter, and gives a body to errors that have none, as the actuator's. Takes the place of Tomcat's HTML page, which names the server and its version.
 */
final class ProblemReportValve extends ErrorReportValve {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemReportValve.class);

    private final ProblemWriter writer;

    ProblemReportValve(ProblemWriter writer) {
        this.writer = writer;
    }

    /** Puts it into a server. */
    static WebServerFactoryCustomizer<TomcatServletWebServerFactory> customizer(ProblemWriter writer) {
        return factory -> factory.addContextCustomizers(context -> {
            StandardHost host = (StandardHost) context.getParent();
            host.setErrorReportValveClass("");
            host.getPipeline().addValve(new ProblemReportValve(writer));
            host.getPipeline().addValve(new PreflightRefusal());
        });
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable throwable) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || response.isCommitted() || !canWrite(response)) {
            return;
        }
        try {
            byte[] body = writer.toJson(StandardProblems.of(status));
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
            response.finishResponse();
        } catch (IOException | IllegalStateException unwritable) {
            // The client has gone or has part of an answer: there is nobody left to tell.
            LOG.debug("The problem with status {} could not be written", status, unwritable);
        }
    }

    private static boolean canWrite(Response response) {
        AtomicBoolean allowed = new AtomicBoolean();
        response.getCoyoteResponse().action(ActionCode.IS_IO_ALLOWED, allowed);
        return allowed.get();
    }
}

package dev.stabilitylab.lab.world.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.stabilitylab.lab.http.SharedHttp;
import dev.stabilitylab.lab.world.WorldException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One HTTP exchange with a part of the system, aside from the load. */
public final class ControlHttp {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Duration timeout;

    /**
     * Opens no connection yet.
     *
     * @param timeout for one exchange, with the connecting
     */
    public ControlHttp(Duration timeout) {
        this.timeout = timeout;
    }

    /**
     * Sends a request once.
     *
     * @param body to be sent as JSON, or null for none
     * @throws NoAnswerException when there is no answer in time, or it is the server's own failure (5xx)
     */
    public Reply send(String method, URI uri, @Nullable Object body) {
        String what = method + " " + uri;
        HttpResponse<String> response = exchange(what, request(method, uri, body));
        Reply reply = new Reply(what, response.statusCode(), response.body());
        if (response.statusCode() >= 500) {
            throw new NoAnswerException("%s answered %d: %s".formatted(what, reply.status(), reply.detail()), null);
        }
        return reply;
    }

    private HttpRequest request(String method, URI uri, @Nullable Object body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(timeout);
        if (body == null) {
            return request.method(method, BodyPublishers.noBody()).build();
        }
        try {
            String json = JSON.writeValueAsString(body);
            return request.header("Content-Type", "application/json")
                    .method(method, BodyPublishers.ofString(json))
                    .build();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not for JSON: " + body, e);
        }
    }

    private HttpResponse<String> exchange(String what, HttpRequest request) {
        try {
            return SharedHttp.client().send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw new NoAnswerException("%s: %s".formatted(what, reason), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WorldException("%s was interrupted.".formatted(what), e);
        }
    }

    /**
     * An answer.
     *
     * @param request method and address, for messages
     */
    public record Reply(String request, int status, String body) {

        /** Whether the status is 2xx. */
        public boolean isSuccess() {
            return status / 100 == 2;
        }

        /** The body as JSON; a missing node when it is none. */
        public JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (JsonProcessingException e) {
                return MissingNode.getInstance();
            }
        }

        /** Throws unless the answer is a success; the message has a problem's detail, or what else the answer says. */
        public Reply orThrow(String culprit) {
            if (isSuccess()) {
                return this;
            }
            throw new WorldException("%s refused %s with status %d: %s".formatted(culprit, request, status, detail()));
        }

        /** A problem's detail, an error's text, or the body. */
        private String detail() {
            return json().path("detail").asText(json().path("error").asText(body.strip()));
        }
    }
}

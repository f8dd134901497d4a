package dev.stabilitylab.faultinjector.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Speaks to a control API. */
public final class Api {

    /** One for all tests: Java 17's client cannot be closed. */
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String base;

    /** Takes the URL of the control API, without a slash at its end. */
    public Api(String base) {
        this.base = base;
    }

    int port() {
        return URI.create(base).getPort();
    }

    public Reply get(String path) {
        return send("GET", path, "");
    }

    public Reply post(String path, String body) {
        return send("POST", path, body);
    }

    public Reply patch(String path, String body) {
        return send("PATCH", path, body);
    }

    public Reply delete(String path) {
        return send("DELETE", path, "");
    }

    public Reply send(String method, String path, String body) {
        return send(method, path, body, "tests");
    }

    Reply send(String method, String path, String body, String userAgent) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(PATIENCE)
                .header("User-Agent", userAgent)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
            return new Reply(response.statusCode(), response.body(), response.headers());
        } catch (IOException e) {
            throw new AssertionError("%s %s was not answered".formatted(method, path), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** What came back. */
    public record Reply(int status, String text, HttpHeaders headers) {

        public JsonNode json() {
            return parse(text);
        }

        /** The sentence of an error. */
        public String error() {
            return json().path("error").asText();
        }

        /** Fails when the request did not end with that status. */
        public Reply require(int wanted) {
            if (status != wanted) {
                throw new AssertionError("status %d instead of %d: %s".formatted(status, wanted, text));
            }
            return this;
        }
    }

    static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new AssertionError(text, e);
        }
    }
}

package dev.stabilitylab.lab.grafana;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stabilitylab.lab.http.SharedHttp;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The part of Grafana's HTTP API that the lab uses. */
final class GrafanaApi {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI baseUrl;
    private final @Nullable String token;

    /**
     * Asks nothing yet.
     *
     * @param token of a service account that may write annotations; null where everybody may
     */
    GrafanaApi(URI baseUrl, @Nullable String token) {
        this.baseUrl = baseUrl;
        this.token = token == null || token.isBlank() ? null : token.strip();
    }

    /** Throws an {@link IOException} unless it is Grafana that is there, and well. Port 3000 is a popular one. */
    void requireHealth() throws IOException, InterruptedException {
        String answer = send(request("/api/health").GET());
        if (!JSON.readTree(answer).path("database").asText().equals("ok")) {
            throw new IOException(
                    "GET %s does not answer like a Grafana that is well".formatted(baseUrl.resolve("/api/health")));
        }
    }

    void post(Annotation annotation) throws IOException, InterruptedException {
        send(request("/api/annotations").POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(annotation))));
    }

    private HttpRequest.Builder request(String path) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(baseUrl.resolve(path))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json");
        try {
            return token == null ? request : request.header("Authorization", "Bearer " + token);
        } catch (IllegalArgumentException e) {
            // Its message would show the token.
            throw new IOException("the token has characters that cannot be in a header");
        }
    }

    private String send(HttpRequest.Builder builder) throws IOException, InterruptedException {
        HttpRequest request = builder.build();
        HttpResponse<String> response = SharedHttp.client().send(request, BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException("%s %s answers %d".formatted(request.method(), request.uri(), response.statusCode()));
        }
        return response.body();
    }
}

package dev.stabilitylab.lab.world.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stabilitylab.lab.world.Service;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;

/** Finds out whether one instance of the homepage is at an address, and always the same one. */
final class Probe {

    /** What takes turns shows at the second question, what draws lots at one of these: of two instances, one time in 128 it does not. */
    private static final int QUESTIONS = 8;

    private static final int TIMEOUT_MILLIS = (int) Duration.ofSeconds(2).toMillis();
    private static final int MAX_BYTES = 1024 * 1024;
    private static final ObjectMapper JSON = new ObjectMapper();

    private Probe() {}

    /** Asks several times, over a connection each: what distributes connections shows by sending them to different instances. */
    static Finding of(URI baseUrl) {
        Finding first = ask(baseUrl);
        for (int i = 1; first.isInstance() && i < QUESTIONS; i++) {
            Finding next = ask(baseUrl);
            if (next.isInstance() && !next.identity().equals(first.identity())) {
                return Finding.other(
                        "%s leads to more than one instance of the homepage, so that policies would be switched at only some of them. Give every instance's own address."
                                .formatted(baseUrl));
            }
        }
        return first;
    }

    private static Finding ask(URI baseUrl) {
        URI endpoint = baseUrl.resolve("/actuator/upstreams");
        try {
            return finding(
                    baseUrl, endpoint, (HttpURLConnection) endpoint.toURL().openConnection());
        } catch (IOException e) {
            return new Finding("", "No homepage answers at %s: %s".formatted(baseUrl, e), false);
        }
    }

    /** With the old client: it can be told to use a connection once, and leaves no thread behind. */
    private static Finding finding(URI baseUrl, URI endpoint, HttpURLConnection connection) throws IOException {
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        connection.setInstanceFollowRedirects(false);
        connection.setRequestProperty("Connection", "close");
        try {
            int status = connection.getResponseCode();
            if (status == HttpURLConnection.HTTP_OK) {
                try (InputStream body = connection.getInputStream()) {
                    JsonNode view = read(body);
                    if (isHomepage(view)) {
                        return Finding.instance(view.path("instance").asText(baseUrl.toString()));
                    }
                }
            }
            return Finding.other("%s is not a homepage of this system: GET %s answers %d%s."
                    .formatted(
                            baseUrl,
                            endpoint,
                            status,
                            status == HttpURLConnection.HTTP_OK ? ", but names other upstreams" : ""));
        } finally {
            connection.disconnect();
        }
    }

    private static JsonNode read(InputStream body) throws IOException {
        try {
            return JSON.readTree(body.readNBytes(MAX_BYTES));
        } catch (JsonProcessingException notJson) {
            return JSON.missingNode();
        }
    }

    private static boolean isHomepage(JsonNode view) {
        return Service.upstreams().stream()
                .allMatch(upstream -> view.path("upstreams").has(upstream.text()));
    }

    /**
     * What is at an address.
     *
     * @param identity tells instances apart; empty where there is none
     * @param problem why it cannot be used; empty when it can
     * @param answered whether anybody is there
     */
    record Finding(String identity, String problem, boolean answered) {

        static Finding instance(String identity) {
            return new Finding(identity, "", true);
        }

        static Finding other(String problem) {
            return new Finding("", problem, true);
        }

        boolean isInstance() {
            return problem.isEmpty();
        }
    }
}

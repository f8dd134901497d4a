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

/** Finds out whether a homepage is at an address, and whether it is always the same instance. */
final class Probe {

    /** What takes turns shows at the second question, what draws lots at one of these: of two instances, one time in 128 it does not. */
    private static final int QUESTIONS = 8;

    private static final int TIMEOUT_MILLIS = (int) Duration.ofSeconds(2).toMillis();
    private static final int MAX_BYTES = 1024 * 1024;
    private static final ObjectMapper JSON = new ObjectMapper();

    private Probe() {}

    /** Asks several times, over a connection each: what distributes connections shows by sending them to different instances. */
    static Finding ofManagement(URI baseUrl) {
        Finding first = askManagement(baseUrl);
        for (int i = 1; first.isInstance() && i < QUESTIONS; i++) {
            Finding next = askManagement(baseUrl);
            if (next.isInstance() && !next.identity().equals(first.identity())) {
                return Finding.other(
                        "%s leads to more than one instance of the homepage, so that policies would be switched at only some of them. Give every instance's own address."
                                .formatted(baseUrl));
            }
        }
        return first;
    }

    private static Finding askManagement(URI baseUrl) {
        URI endpoint = Service.management(baseUrl).resolve("/actuator/upstreams");
        return ask(baseUrl, endpoint, connection -> {
            int status = connection.getResponseCode();
            if (status != HttpURLConnection.HTTP_OK) {
                return notAHomepage(baseUrl, endpoint, "answers " + status);
            }
            try (InputStream body = connection.getInputStream()) {
                JsonNode view = read(body);
                return isHomepage(view)
                        ? Finding.instance(view.path("instance").asText(baseUrl.toString()))
                        : notAHomepage(baseUrl, endpoint, "answers 200, but names other upstreams");
            }
        });
    }

    /** Asks for a page without a token, which costs next to nothing. */
    static Finding ofPages(URI baseUrl) {
        URI page = baseUrl.resolve(Service.HOMEPAGE.path());
        return ask(baseUrl, page, connection -> {
            int status = connection.getResponseCode();
            return status == HttpURLConnection.HTTP_UNAUTHORIZED || status >= HttpURLConnection.HTTP_INTERNAL_ERROR
                    ? Finding.instance(baseUrl.toString())
                    : notAHomepage(baseUrl, page, "answers " + status);
        });
    }

    private static Finding notAHomepage(URI baseUrl, URI asked, String answer) {
        return Finding.other("%s is not a homepage of this system: GET %s %s.".formatted(baseUrl, asked, answer));
    }

    /** With the old client: it can be told to use a connection once, and leaves no thread behind. */
    private static Finding ask(URI baseUrl, URI target, Reading reading) {
        try {
            HttpURLConnection connection = (HttpURLConnection) target.toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            connection.setInstanceFollowRedirects(false);
            connection.setRequestProperty("Connection", "close");
            try {
                return reading.of(connection);
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            return new Finding("", "No homepage answers at %s: GET %s: %s".formatted(baseUrl, target, e), false);
        }
    }

    /** What an answer says. */
    @FunctionalInterface
    private interface Reading {
        Finding of(HttpURLConnection connection) throws IOException;
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

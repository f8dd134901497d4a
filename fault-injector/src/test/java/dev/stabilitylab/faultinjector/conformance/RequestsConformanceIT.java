package dev.stabilitylab.faultinjector.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Requests to the control API as they can come over a connection. */
class RequestsConformanceIT extends Conformance {

    private static final String PROXY = "{\"name\":\"one\",\"listen\":\"127.0.0.1:0\",\"upstream\":\"127.0.0.1:1\"}";

    @Test
    void answersRequestsThatComeTogetherInTheirOrder() throws IOException {
        String answers = exchange("POST /proxies HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n%s"
                        .formatted(PROXY.length(), PROXY)
                + "DELETE /proxies/one HTTP/1.1\r\nHost: localhost\r\n\r\n"
                + "GET /proxies/one HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(answers).containsSubsequence("HTTP/1.1 201 ", "HTTP/1.1 204 ", "HTTP/1.1 404 ", "proxy not found");
    }

    @Test
    void takesABodyInChunks() throws IOException {
        String answer = exchange(
                "POST /proxies HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
                        + "5\r\n%s\r\n".formatted(PROXY.substring(0, 5))
                        + "%x\r\n%s\r\n0\r\n\r\n".formatted(PROXY.length() - 5, PROXY.substring(5)));

        assertThat(answer).startsWith("HTTP/1.1 201 ");
    }

    @Test
    void answersAClientThatWantsToBeToldToGoOn() throws IOException {
        String answer = exchange(
                "POST /proxies HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s"
                        .formatted(PROXY.length(), PROXY));

        assertThat(answer).contains("HTTP/1.1 201 ");
    }

    @Test
    void speaksOlderHttp() throws IOException {
        assertThat(exchange("GET /version HTTP/1.0\r\n\r\n"))
                .contains(" 200 OK")
                .contains("\"version\"");
    }

    /** Sends, and returns what comes until the end. */
    private String exchange(String request) throws IOException {
        try (Socket socket = Link.connect(api().port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

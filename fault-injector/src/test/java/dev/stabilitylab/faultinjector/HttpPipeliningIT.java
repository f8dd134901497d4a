package dev.stabilitylab.faultinjector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that are sent ahead, over plain sockets. */
@ExtendWith(LeakCheck.class)
@Timeout(60)
class HttpPipeliningIT {

    private HttpUpstream upstream;
    private Lab lab;

    @BeforeEach
    void start() throws IOException {
        upstream = new HttpUpstream();
        lab = new Lab(upstream.port());
    }

    @AfterEach
    void stop() throws IOException {
        lab.close();
        upstream.close();
    }

    private static byte[] request(String path) {
        return "GET %s HTTP/1.1\r\nHost: a\r\n\r\n".formatted(path).getBytes(StandardCharsets.US_ASCII);
    }

    private static List<String> bodies(Socket socket, int count) throws IOException {
        InputStream in = new BufferedInputStream(socket.getInputStream());
        List<String> bodies = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String head = HttpUpstream.readHead(in);
            bodies.add(new String(HttpUpstream.readBody(head, in), StandardCharsets.ISO_8859_1));
        }
        return bodies;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    http_status  | "body": "no"                 | no
                    http_latency | "latency": 100               | {"items":[4,5,6]}
                    http_headers | "count": 2                   | {"items":[4,5,6]}
                    http_replace | "body": "<html>"             | <html>
                    http_drip    | "bytes": 4, "interval": 10   | {"items":[4,5,6]}
                    http_corrupt | "share": 0                   | {"items":[4,5,6]}
                    """)
    void keepsTheOrderOfAnswers(String type, String attributes, String expected) throws IOException {
        lab.addToxic("{\"type\":\"%s\",\"attributes\":{\"path\":\"/chunked\",%s}}".formatted(type, attributes));

        try (Socket socket = lab.connect()) {
            for (String path : List.of("/items", "/chunked", "/items", "/chunked", "/chunked", "/items")) {
                socket.getOutputStream().write(request(path));
            }

            assertThat(bodies(socket, 6))
                    .containsExactly(
                            HttpUpstream.ITEMS, expected, HttpUpstream.ITEMS, expected, expected, HttpUpstream.ITEMS);
        }
    }

    @Test
    void cutsAtTheRightResponse() throws Exception {
        lab.addToxic("{\"type\":\"http_truncate\",\"attributes\":{\"path\":\"/chunked\",\"bytes\":7}}");

        try (Socket socket = lab.connect()) {
            for (String path : List.of("/items", "/chunked", "/items")) {
                socket.getOutputStream().write(request(path));
            }

            String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            assertThat(all).contains(HttpUpstream.ITEMS).endsWith("\r\n5;a=b\r\n{\"ite\r\nc;a=b\r\nms");
        }
        assertThat(ProxyingIT.becomesTrue(() -> lab.openConnections() == 0)).isTrue();
    }

    @Test
    void answersTheRequestsThatCameBeforeTheClientsEnd() throws IOException {
        lab.addToxic("{\"type\":\"http_status\",\"attributes\":{\"path\":\"/items\",\"body\":\"no\"}}");

        try (Socket socket = lab.connect()) {
            for (String path : List.of("/items", "/chunked", "/items")) {
                socket.getOutputStream().write(request(path));
            }
            socket.shutdownOutput();

            assertThat(bodies(socket, 3)).containsExactly("no", HttpUpstream.CHUNKS, "no");
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void makesAClientWaitThatSendsRequestsAndReadsNoAnswers() throws Exception {
        lab.addToxic("{\"type\":\"http_status\",\"attributes\":{\"body\":\"no\"}}");
        ByteBuffer requests = ByteBuffer.allocate(request("/items").length * 1_000);
        for (int i = 0; i < 1_000; i++) {
            requests.put(request("/items"));
        }
        requests.flip();

        try (SocketChannel channel =
                SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), lab.port()))) {
            channel.configureBlocking(false);
            long limit = 200_000_000;
            long sent = 0;
            long lastProgress = System.nanoTime();
            while (sent < limit && System.nanoTime() - lastProgress < Lab.SILENCE_MILLIS * 2_000_000L) {
                int count = channel.write(requests);
                if (count > 0) {
                    sent += count;
                    lastProgress = System.nanoTime();
                } else {
                    Thread.sleep(1);
                }
                if (!requests.hasRemaining()) {
                    requests.rewind();
                }
            }

            assertThat(sent).isLessThan(limit);
            channel.configureBlocking(true);
            channel.socket().setSoTimeout(Lab.PATIENCE_MILLIS);
            assertThat(bodies(channel.socket(), 2_000)).containsOnly("no");
        }
        assertThat(upstream.requests()).isEmpty();
    }

    @Test
    void answersAtOnceAndClosesWhenTheClientWaitsForLeaveToSendItsBody() throws Exception {
        lab.addToxic("{\"type\":\"http_status\",\"attributes\":{\"status\":413}}");

        try (Socket socket = lab.connect()) {
            socket.getOutputStream()
                    .write("PUT / HTTP/1.1\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));

            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 413 ")
                    .contains("\r\nConnection: close\r\n");
        }
        assertThat(ProxyingIT.becomesTrue(() -> lab.openConnections() == 0)).isTrue();
    }
}

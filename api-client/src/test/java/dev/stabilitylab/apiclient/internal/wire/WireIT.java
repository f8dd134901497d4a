package dev.stabilitylab.apiclient.internal.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stabilitylab.apiclient.internal.core.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class WireIT {

    private static final Duration LONG = Duration.ofSeconds(10);
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final int MAX_BYTES = 1000;

    private @Nullable Wire wire;

    @AfterEach
    void close() {
        if (wire != null) {
            wire.close();
        }
    }

    @Test
    void returnsTheWholeAnswerAndKeepsTheConnection() throws IOException {
        try (RawServer server = new RawServer(connection -> write(connection, ok("[1]")))) {
            Reply first = send(server.url(), LONG);
            Reply second = send(server.url(), LONG);

            assertThat(first).isInstanceOfSatisfying(Reply.Answered.class, answer -> {
                assertThat(answer.response().status()).isEqualTo(200);
                assertThat(answer.response().body()).asString().isEqualTo("[1]");
            });
            assertThat(second).isInstanceOf(Reply.Answered.class);
            assertThat(wire().connections()).isEqualTo(new ConnectionCounts(0, 1, 0, 2));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing", "half a header", "a dripping header", "a dripping body"})
    void endsAnAttemptThatIsLateAndClosesItsConnection(String behaviour) throws Exception {
        try (RawServer server = new RawServer(connection -> answer(behaviour, connection))) {
            long start = System.nanoTime();
            Reply reply = send(server.url(), SHORT);
            Duration taken = Duration.ofNanos(System.nanoTime() - start);

            assertThat(reply).isInstanceOf(Reply.Expired.class);
            assertThat(taken).isGreaterThanOrEqualTo(SHORT).isLessThan(LONG);
            assertThat(server.closings().poll(20, TimeUnit.SECONDS)).isTrue();
            awaitNoLeasedConnection();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"close", "reset", "cut body"})
    void sendsOnlyOnceWhenTheConnectionBreaks(String behaviour) throws IOException {
        try (RawServer server = new RawServer(connection -> answer(behaviour, connection))) {
            Reply reply = send(server.url(), LONG);

            assertThat(reply).isInstanceOf(Reply.Lost.class);
            assertThat(server.requests()).isEqualTo(1);
            assertThat(wire().connections()).isEqualTo(new ConnectionCounts(0, 0, 0, 2));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {503, 429, 301, 401, 500})
    void sendsOnlyOnceWhateverTheStatus(int status) throws IOException {
        String answer =
                "HTTP/1.1 %d Status\r\nLocation: /\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n".formatted(status);
        try (RawServer server = new RawServer(connection -> write(connection, answer))) {
            Reply reply = send(server.url(), LONG);

            assertThat(reply).isInstanceOfSatisfying(Reply.Answered.class, it -> {
                assertThat(it.response().status()).isEqualTo(status);
                assertThat(it.response().headers().first("Retry-After")).contains("1");
            });
            assertThat(server.requests()).isEqualTo(1);
        }
    }

    @Test
    void refusesWhatIsNotHttp() throws IOException {
        try (RawServer server = new RawServer(connection -> answer("garbage", connection))) {
            assertThat(send(server.url(), LONG)).isInstanceOf(Reply.Garbled.class);
            assertThat(wire().connections()).isEqualTo(new ConnectionCounts(0, 0, 0, 2));
        }
    }

    @Test
    void refusesABodyThatIsTooLongWithoutReadingItToItsEnd() throws Exception {
        try (RawServer server = new RawServer(connection -> answer("endless body", connection))) {
            Reply reply = send(server.url(), LONG);

            assertThat(reply)
                    .isInstanceOfSatisfying(
                            Reply.Garbled.class, it -> assertThat(it.reason()).contains("longer than 1000 bytes"));
            assertThat(server.closings().poll(20, TimeUnit.SECONDS)).isTrue();
            awaitNoLeasedConnection();
        }
    }

    @Test
    void saysThatItIsClosed() {
        URI nobody = URI.create("http://127.0.0.1:9");
        send(nobody, LONG);
        wire().close();

        assertThat(send(nobody, LONG))
                .isInstanceOfSatisfying(
                        Reply.NotConnected.class, it -> assertThat(it.cause()).hasMessage("the client is closed"));
    }

    @Test
    void saysThatNobodyListens() throws IOException {
        URI url;
        try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            url = URI.create("http://127.0.0.1:" + unused.getLocalPort());
        }

        assertThat(send(url, LONG))
                .isInstanceOfSatisfying(
                        Reply.NotConnected.class, it -> assertThat(it.cause()).hasMessageContaining("refused"));
    }

    @Test
    void endsAConnectThatTakesTooLong() throws IOException {
        // A full backlog lets further connects hang.
        List<Socket> fillers = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            for (int i = 0; i < 8; i++) {
                Socket filler = new Socket();
                fillers.add(filler);
                try {
                    filler.connect(full.getLocalSocketAddress(), 100);
                } catch (IOException backlogIsFull) {
                    break;
                }
            }

            long start = System.nanoTime();
            Reply reply = send(URI.create("http://127.0.0.1:" + full.getLocalPort()), SHORT);

            assertThat(reply).isInstanceOf(Reply.Expired.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(1500));
            awaitNoLeasedConnection();
        } finally {
            for (Socket filler : fillers) {
                filler.close();
            }
        }
    }

    @Test
    void saysThatAllConnectionsAreTaken() throws Exception {
        try (RawServer server = new RawServer(connection -> answer("nothing", connection))) {
            List<Thread> holders = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                Thread holder = new Thread(() -> send(server.url(), Duration.ofSeconds(3)));
                holder.start();
                holders.add(holder);
            }
            while (wire().connections().leased() < 2) {
                Thread.onSpinWait();
            }

            Reply reply = send(server.url(), SHORT);

            assertThat(reply).isEqualTo(new Reply.NoConnectionFree(2));
            for (Thread holder : holders) {
                holder.join();
            }
            awaitNoLeasedConnection();
        }
    }

    private void awaitNoLeasedConnection() {
        assertThat(wire().connections()).isEqualTo(new ConnectionCounts(0, 0, 0, 2));
    }

    private Reply send(URI url, Duration limit) {
        if (wire == null) {
            wire = new Wire(url, new Wire.Limits(2, MAX_BYTES, Duration.ofMinutes(1), Duration.ofSeconds(10)));
        }
        Request request = new Request("GET", "/", List.of(), null);
        return wire.send(request, Duration.ofSeconds(2), System.nanoTime() + limit.toNanos());
    }

    private Wire wire() {
        return Objects.requireNonNull(wire);
    }

    private static String ok(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(body.length(), body);
    }

    private static void answer(String behaviour, Socket connection) throws IOException, InterruptedException {
        switch (behaviour) {
            case "nothing" -> awaitEnd(connection);
            case "half a header" -> {
                write(connection, "HTTP/1.1 200 OK\r\nContent-");
                awaitEnd(connection);
            }
            case "a dripping header" -> drip(connection, "HTTP/1.1 200 OK\r\nX-Drip: " + "x".repeat(500));
            case "a dripping body" -> {
                write(connection, "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n");
                drip(connection, "x".repeat(500));
            }
            case "close" -> connection.close();
            case "reset" -> {
                connection.setSoLinger(true, 0);
                connection.close();
            }
            case "cut body" -> {
                write(connection, "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n[1");
                connection.close();
            }
            case "garbage" -> {
                write(connection, "lorem ipsum\r\n".repeat(200));
                connection.close();
            }
            case "endless body" -> {
                write(connection, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
                while (true) {
                    write(connection, "10\r\n0123456789abcdef\r\n");
                }
            }
            default -> throw new IllegalArgumentException(behaviour);
        }
    }

    private static void drip(Socket connection, String text) throws IOException, InterruptedException {
        for (byte character : text.getBytes(US_ASCII)) {
            connection.getOutputStream().write(character);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private static void awaitEnd(Socket connection) throws IOException {
        while (connection.getInputStream().read() >= 0) {
            // Nothing more is expected from the client but its end.
        }
        throw new IOException("closed by the client");
    }

    private static void write(Socket connection, String text) throws IOException {
        connection.getOutputStream().write(text.getBytes(US_ASCII));
    }
}

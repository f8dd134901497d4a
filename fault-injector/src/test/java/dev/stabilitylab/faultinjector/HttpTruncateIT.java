package dev.stabilitylab.faultinjector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Responses that end early, while other toxics still hold their bytes. */
@ExtendWith(LeakCheck.class)
@Timeout(60)
class HttpTruncateIT {

    /** More than a slice or a piece of a thin pipe, and little enough to be on its way at once when it comes out. */
    private static final int BYTES = 20_000;

    private static final String LATENCY = "\"type\":\"latency\",\"attributes\":{\"latency\":60,\"jitter\":20}";
    private static final String SHORT_LATENCY =
            "\"name\":\"short\",\"type\":\"latency\",\"attributes\":{\"latency\":30}";
    private static final String THIN = "\"type\":\"bandwidth\",\"attributes\":{\"rate\":200}";
    private static final String SLICES =
            "\"type\":\"slicer\",\"attributes\":{\"average_size\":700,\"size_variation\":300,\"delay\":1000}";
    private static final String SLOW_CLOSE = "\"type\":\"slow_close\",\"attributes\":{\"delay\":80}";

    /** Each for itself, and several in different orders. */
    static final List<List<String>> CHAINS = List.of(
            List.of(),
            List.of(LATENCY),
            List.of(THIN),
            List.of(SLICES),
            List.of(SLOW_CLOSE),
            List.of(LATENCY, THIN, SLICES, SLOW_CLOSE),
            List.of(SLOW_CLOSE, SLICES, THIN, SHORT_LATENCY, LATENCY));

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

    enum End {
        CLOSED,
        RESET
    }

    private record Received(String text, End end) {}

    static Stream<Arguments> cuts() {
        return CHAINS.stream()
                .flatMap(chain -> Stream.of(End.values()).flatMap(end -> {
                    List<Arguments> places = new ArrayList<>();
                    for (int place = 0; place <= chain.size(); place += Math.max(1, chain.size())) {
                        places.add(Arguments.of(chain, place, end));
                    }
                    return places.stream();
                }));
    }

    /** The cut is added before or after all others. */
    @ParameterizedTest
    @MethodSource("cuts")
    void bringsExactlyTheHeadAndThoseBytesAndThenTheEnd(List<String> chain, int place, End end) throws Exception {
        List<String> toxics = new ArrayList<>(chain);
        toxics.add(
                place,
                "\"type\":\"http_truncate\",\"attributes\":{\"bytes\":%d,\"reset\":%d,\"path\":\"/big\"}"
                        .formatted(BYTES, end == End.RESET ? 1 : 0));
        toxics.forEach(toxic -> lab.addToxic("{%s}".formatted(toxic)));

        Received received = send("/items", "/big", "/items");

        String head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n";
        String body = new String(HttpUpstream.big(), 0, BYTES, StandardCharsets.ISO_8859_1);
        assertThat(received.text())
                .isEqualTo(head.formatted(HttpUpstream.ITEMS.length())
                        + HttpUpstream.ITEMS
                        + head.formatted(HttpUpstream.BIG)
                        + body);
        assertThat(received.end()).isEqualTo(end);
        assertThat(ProxyingIT.becomesTrue(() -> lab.openConnections() == 0)).isTrue();
    }

    @ParameterizedTest
    @FieldSource("CHAINS")
    void bringsWhatIsWithinALimitHoweverLateItIs(List<String> chain) throws Exception {
        lab.addToxic("{\"type\":\"limit_data\",\"attributes\":{\"bytes\":%d}}".formatted(BYTES));
        chain.forEach(toxic -> lab.addToxic("{%s}".formatted(toxic)));

        Received received = send("/big");

        assertThat(received.text()).hasSize(BYTES);
        assertThat(received.end()).isEqualTo(End.CLOSED);
        assertThat(ProxyingIT.becomesTrue(() -> lab.openConnections() == 0)).isTrue();
    }

    @Test
    void isLetGoWithTheBytesBeforeItWhenTheToxicThatHoldsThemIsTakenOff() throws Exception {
        lab.addToxic("{\"type\":\"latency\",\"attributes\":{\"latency\":86400000}}");
        lab.addToxic("{\"type\":\"http_truncate\",\"attributes\":{\"bytes\":5,\"reset\":1}}");
        try (Socket socket = lab.connect()) {
            ask(socket, "/items");
            assertThat(ProxyingIT.becomesTrue(this::responseHasCome)).isTrue();

            lab.removeToxic("latency_downstream");

            Received received = receive(socket);
            assertThat(received.text()).endsWith("\r\n\r\n" + HttpUpstream.ITEMS.substring(0, 5));
            assertThat(received.end()).isEqualTo(End.RESET);
        }
    }

    @Test
    void staysHiddenBehindABlackhole() throws Exception {
        lab.addToxic("{\"type\":\"http_truncate\",\"attributes\":{\"bytes\":5,\"reset\":1}}");
        lab.addToxic("{\"type\":\"timeout\",\"attributes\":{\"timeout\":500}}");

        Received received = send("/items");

        assertThat(received.text()).isEmpty();
        assertThat(received.end()).isEqualTo(End.CLOSED);
    }

    private boolean responseHasCome() {
        return lab.get("/metrics")
                .text()
                .lines()
                .anyMatch(line -> line.startsWith("toxiproxy_proxy_received_bytes_total{direction=\"downstream\"")
                        && !line.endsWith(" 0.0"));
    }

    private Received send(String... paths) throws IOException {
        try (Socket socket = lab.connect()) {
            ask(socket, paths);
            return receive(socket);
        }
    }

    private static void ask(Socket socket, String... paths) throws IOException {
        StringBuilder requests = new StringBuilder();
        for (String path : paths) {
            requests.append("GET %s HTTP/1.1\r\n\r\n".formatted(path));
        }
        socket.getOutputStream().write(requests.toString().getBytes(StandardCharsets.US_ASCII));
    }

    /** What has arrived before a reset can still be read after it, on Linux. */
    private static Received receive(Socket socket) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            InputStream in = socket.getInputStream();
            in.transferTo(bytes);
            return new Received(bytes.toString(StandardCharsets.ISO_8859_1), End.CLOSED);
        } catch (SocketException e) {
            assertThat(e).hasMessageContaining("reset");
            return new Received(bytes.toString(StandardCharsets.ISO_8859_1), End.RESET);
        }
    }
}

package dev.stabilitylab.faultinjector.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The two metrics that Toxiproxy has of proxies. It has to be started with {@code -proxy-metrics}, and counts when connections end. */
class MetricsConformanceIT extends Conformance {

    private static final String RECEIVED = "toxiproxy_proxy_received_bytes_total";
    private static final String SENT = "toxiproxy_proxy_sent_bytes_total";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Pattern SAMPLE = Pattern.compile("(\\w+)\\{(.*)} (\\S+)");

    private Server server;

    @BeforeEach
    void startServer() throws IOException {
        server = new Server();
    }

    @AfterEach
    void stopServer() throws IOException {
        server.close();
    }

    @Test
    void areCountersInTextForPrometheus() throws IOException {
        int port = addProxy("one", server.address());
        exchange(port, 1, 1);
        awaitBytes(port, series(SENT, Way.UPSTREAM, port, "one", server.address()), 1);

        Api.Reply reply = api().get("/metrics").require(200);

        assertThat(reply.headers().firstValue("Content-Type")).get().asString().startsWith("text/plain; version=0.0.4");
        assertThat(reply.text().lines()).contains("# TYPE " + RECEIVED + " counter", "# TYPE " + SENT + " counter");
    }

    @Test
    void countBytesByDirectionAndAddresses() throws IOException {
        int port = addProxy("one", server.address());

        exchange(port, 1000, 20);
        exchange(port, 300, 4);

        String upstream = server.address();
        Map<String, Double> expected = Map.of(
                series(RECEIVED, Way.UPSTREAM, port, "one", upstream), 1300.0,
                series(SENT, Way.UPSTREAM, port, "one", upstream), 1300.0,
                series(RECEIVED, Way.DOWNSTREAM, port, "one", upstream), 24.0,
                series(SENT, Way.DOWNSTREAM, port, "one", upstream), 24.0);
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(bytes(port)).isEqualTo(expected));
    }

    @Test
    void nameTheUpstreamAsItWasGivenAndTheListenerAsItWasFound() throws IOException {
        String upstream = "localhost:" + server.port();
        String body = "{\"name\":\"one\",\"listen\":\"localhost:0\",\"upstream\":\"%s\"}".formatted(upstream);
        int port = port(api().post("/proxies", body).require(201).json());

        exchange(port, 7, 5);

        awaitBytes(port, series(SENT, Way.UPSTREAM, port, "one", upstream), 7);
        awaitBytes(port, series(RECEIVED, Way.DOWNSTREAM, port, "one", upstream), 5);
    }

    @Test
    void countEachProxyByItself() throws IOException {
        int one = addProxy("one", server.address());
        int two = addProxy("two", server.address());

        exchange(one, 10, 1);
        exchange(two, 20, 1);

        awaitBytes(one, series(SENT, Way.UPSTREAM, one, "one", server.address()), 10);
        awaitBytes(two, series(SENT, Way.UPSTREAM, two, "two", server.address()), 20);
    }

    @Test
    void countWhatAToxicDropsAsReceivedOnly() throws IOException {
        int port = addProxy("one", server.address());
        addToxic("one", toxic("limit", Way.UPSTREAM, "limit_data", "\"bytes\":3"));

        try (Link link = Link.through(port, server)) {
            link.send(Way.UPSTREAM, new byte[10]);
            assertThat(link.receive(Way.UPSTREAM, 10)).hasSize(3);
            link.assertCut();
        }

        awaitBytes(port, series(RECEIVED, Way.UPSTREAM, port, "one", server.address()), 10);
        awaitBytes(port, series(SENT, Way.UPSTREAM, port, "one", server.address()), 3);
    }

    /** So many bytes up and down, and then the end, which comes from the server. */
    private void exchange(int port, int up, int down) throws IOException {
        try (Link link = Link.through(port, server)) {
            link.send(Way.UPSTREAM, new byte[up]);
            assertThat(link.receive(Way.UPSTREAM, up)).hasSize(up);
            link.send(Way.DOWNSTREAM, new byte[down]);
            assertThat(link.receive(Way.DOWNSTREAM, down)).hasSize(down);
            link.server().close();
            assertThat(Link.isOver(link.client())).isTrue();
        }
    }

    /** As {@link #bytes} has it. */
    private static String series(String metric, Way way, int port, String proxy, String upstream) {
        return "%s direction=\"%s\",listener=\"127.0.0.1:%d\",proxy=\"%s\",upstream=\"%s\""
                .formatted(metric, way, port, proxy, upstream);
    }

    private void awaitBytes(int port, String series, double value) {
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(bytes(port)).containsEntry(series, value));
    }

    /** What has come through that port, by metric and labels, which are sorted. Toxiproxy still shows proxies that are gone. */
    private Map<String, Double> bytes(int port) {
        Map<String, Double> values = new TreeMap<>();
        api().get("/metrics").require(200).text().lines().forEach(line -> {
            Matcher sample = SAMPLE.matcher(line);
            if (sample.matches() && line.contains("listener=\"127.0.0.1:%d\"".formatted(port))) {
                String labels =
                        Arrays.stream(sample.group(2).split(",")).sorted().collect(Collectors.joining(","));
                values.put(sample.group(1) + " " + labels, Double.parseDouble(sample.group(3)));
            }
        });
        return values;
    }
}

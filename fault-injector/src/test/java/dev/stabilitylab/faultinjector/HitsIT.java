package dev.stabilitylab.faultinjector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stabilitylab.faultinjector.EventReader.Event;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** That every strike of a fault can be seen, and so can a fault that cannot strike. */
@ExtendWith(LeakCheck.class)
@Timeout(60)
class HitsIT {

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

    private void get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(lab.port(), path)))
                .version(java.net.http.HttpClient.Version.HTTP_1_1)
                .header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                .build();
        Lab.HTTP.send(request, BodyHandlers.discarding());
    }

    @Test
    void tellsEachRequestThatIsHit() throws Exception {
        lab.addToxic("{\"name\":\"busy\",\"type\":\"http_status\",\"attributes\":{\"path\":\"/items\"}}");
        try (EventReader events = new EventReader(lab, null)) {
            get("/items");
            get("/chunked");
            get("/items?page=2");
            lab.removeToxic("busy");

            List<Event> told = events.next(3);

            assertThat(told).extracting(Event::name).containsExactly("toxic-hit", "toxic-hit", "toxic-removed");
            JsonNode hit = told.get(0).data();
            assertThat(hit.get("proxy").asText()).isEqualTo("auth");
            assertThat(hit.get("toxic").asText()).isEqualTo("busy");
            assertThat(hit.get("type").asText()).isEqualTo("http_status");
            assertThat(hit.get("stream").asText()).isEqualTo("downstream");
            assertThat(hit.get("connection").asLong()).isPositive();
            assertThat(hit.get("request").asText()).isEqualTo("GET /items HTTP/1.1");
            assertThat(hit.get("traceparent").asText()).startsWith("00-0af76519");
            assertThat(hit.get("untold").asLong()).isZero();
            assertThat(told.get(1).data().get("request").asText()).isEqualTo("GET /items?page=2 HTTP/1.1");
            assertThat(told.get(2).data().at("/state/hits").asLong()).isEqualTo(2);
        }
    }

    @Test
    void tellsEachConnectionThatAFaultOfBytesHits() throws Exception {
        lab.addToxic("{\"name\":\"slow\",\"type\":\"latency\",\"attributes\":{\"latency\":1}}");
        try (EventReader events = new EventReader(lab, null);
                Socket first = lab.connect();
                Socket second = lab.connect()) {
            List<Event> told = events.next(2);

            assertThat(told).extracting(Event::name).containsOnly("toxic-hit");
            assertThat(told)
                    .extracting(event -> event.data().get("connection").asLong())
                    .containsExactlyInAnyOrder(1L, 2L);
            assertThat(lab.get("/proxies/auth/toxics/slow").json().get("hits").asLong())
                    .isEqualTo(2);
            assertThat(first.isConnected() && second.isConnected()).isTrue();
        }
    }

    @Test
    void countsHowOftenAFaultOfThePortStopsAccepting() throws Exception {
        lab.addToxic("{\"name\":\"two\",\"type\":\"max_connections\",\"attributes\":{\"connections\":2}}");
        try (EventReader events = new EventReader(lab, null)) {
            try (Socket first = lab.connect()) {
                assertThat(first.isConnected()).isTrue();
                try (Socket second = lab.connect()) {
                    assertThat(second.isConnected()).isTrue();

                    assertThat(events.next(1)).extracting(Event::name).containsExactly("toxic-hit");
                }
                await().until(() -> lab.openConnections() == 1);
                try (Socket third = lab.connect()) {
                    assertThat(third.isConnected()).isTrue();

                    assertThat(events.next(1)).extracting(Event::name).containsExactly("toxic-hit");
                }
            }
            lab.removeToxic("two");

            assertThat(events.next(1).get(0).data().at("/state/hits").asLong()).isEqualTo(2);
        }
    }

    @Test
    void countsAFaultOfThePortThatFindsItsLimitReached() throws Exception {
        try (Socket open = lab.connect()) {
            await().until(() -> lab.openConnections() == 1);
            lab.addToxic("{\"name\":\"one\",\"type\":\"max_connections\",\"attributes\":{\"connections\":1}}");

            assertThat(open.isConnected()).isTrue();
            assertThat(lab.get("/proxies/auth/toxics/one").json().get("hits").asLong())
                    .isEqualTo(1);
        }
    }

    @Test
    void countsAllWhenTooManyAreHitToTellEach() throws Exception {
        lab.addToxic("{\"name\":\"busy\",\"type\":\"http_status\"}");
        for (int i = 0; i < 50; i++) {
            get("/items");
        }

        assertThat(lab.get("/proxies/auth/toxics").json().at("/0/hits").asLong())
                .isEqualTo(50);
    }

    @Test
    void saysWhyAFaultCannotAct() throws Exception {
        lab.addToxic("{\"name\":\"busy\",\"type\":\"http_status\"}");
        try (EventReader events = new EventReader(lab, null);
                Socket socket = lab.connect()) {
            socket.getOutputStream().write(new byte[] {22, 3, 1, 0, 5, 1, 2, 3, 4, 5});

            JsonNode told = events.next().data();

            assertThat(told.get("event").asText()).isEqualTo("toxic-inert");
            assertThat(told.get("toxic").asText()).isEqualTo("busy");
            assertThat(told.get("reason").asText()).isEqualTo("tls");
        }
        JsonNode toxic = lab.get("/proxies/auth").json().at("/toxics/0");
        assertThat(toxic.at("/inert/tls").asLong()).isOne();
        assertThat(toxic.has("hits")).isFalse();
        assertThat(lab.get("/metrics").text())
                .contains("fault_injector_connections_inert_total{proxy=\"auth\",reason=\"tls\","
                        + "stream=\"downstream\",type=\"http_status\"} 1");
    }

    @Test
    void takesBackWhatItHasShown() throws Exception {
        lab.addToxic("{\"name\":\"busy\",\"type\":\"http_status\"}");
        get("/items");

        String shown = lab.get("/proxies/auth/toxics/busy").text();

        assertThat(shown).contains("\"hits\":1");
        assertThat(lab.send("POST", "/proxies/auth/toxics/busy", shown).status())
                .isEqualTo(200);
    }

    @Test
    void sendsTheHeadOfAStreamFirstHoweverManyHitsThereAre() throws Exception {
        lab.addToxic("{\"name\":\"slow\",\"type\":\"latency\"}");
        CountDownLatch over = new CountDownLatch(1);
        Thread traffic = new Thread(() -> {
            while (over.getCount() > 0) {
                try (Socket socket = lab.connect()) {
                    socket.getOutputStream().write("GET /items HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    byte[] unused = socket.getInputStream().readAllBytes();
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            }
        });
        traffic.start();
        for (int i = 0; i < 50; i++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), lab.controlPort())) {
                socket.setSoTimeout(Lab.PATIENCE_MILLIS);
                socket.getOutputStream()
                        .write("GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

                byte[] start = socket.getInputStream().readNBytes(15);

                assertThat(new String(start, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 200 OK");
            }
        }
        over.countDown();
        traffic.join();
    }
}

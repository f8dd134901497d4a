package dev.stabilitylab.faultinjector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stabilitylab.faultinjector.EventReader.Event;
import dev.stabilitylab.faultinjector.Lab.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakCheck.class)
@Timeout(120)
class EventsIT {

    private static final String LATENCY = "{\"name\":\"slow\",\"type\":\"latency\",\"attributes\":{\"latency\":5}%s}";
    private static final String PROXY = "{\"name\":\"%s\",\"listen\":\"127.0.0.1:0\",\"upstream\":\"127.0.0.1:1\"}";

    private final List<EventReader> readers = new ArrayList<>();
    private Lab lab;

    @BeforeEach
    void start() throws IOException {
        lab = new Lab(1);
    }

    @AfterEach
    void stop() throws IOException {
        for (EventReader reader : readers) {
            reader.close();
        }
        lab.close();
    }

    @Test
    void tellsEveryChangeOfProxiesInOrder() throws Exception {
        EventReader reader = events(null);

        lab.send("POST", "/proxies", PROXY.formatted("other"));
        lab.send("PATCH", "/proxies/other", "{\"upstream\":\"127.0.0.1:2\"}");
        lab.send("PATCH", "/proxies/other", "{\"enabled\":false}");
        lab.send("PATCH", "/proxies/other", "{\"enabled\":false,\"ttl\":60000}");
        lab.send("PATCH", "/proxies/other", "{\"enabled\":true}");
        lab.send("DELETE", "/proxies/other", "");

        List<Event> events = reader.next(6);
        assertThat(events)
                .extracting(Event::summary)
                .containsExactly(
                        "proxy-added other api",
                        "proxy-changed other api",
                        "proxy-disabled other api",
                        "proxy-changed other api",
                        "proxy-enabled other api",
                        "proxy-removed other api");
        assertThat(events.get(1).data().at("/state/upstream").asText()).isEqualTo("127.0.0.1:2");
        assertThat(events.get(3).data().at("/state/ttl").asLong()).isBetween(1L, 60_000L);
        for (int i = 1; i < events.size(); i++) {
            assertThat(events.get(i).id()).isEqualTo(events.get(i - 1).id() + 1);
        }
    }

    @Test
    void tellsEveryChangeOfToxicsInOrder() throws Exception {
        EventReader reader = events(null);

        lab.addToxic(LATENCY.formatted(""));
        lab.send("PATCH", "/proxies/auth/toxics/slow", "{\"attributes\":{\"latency\":6}}");
        lab.removeToxic("slow");

        List<Event> events = reader.next(3);
        assertThat(events)
                .extracting(Event::summary)
                .containsExactly("toxic-added auth api", "toxic-changed auth api", "toxic-removed auth api");
        assertThat(events.get(0).data().get("event").asText()).isEqualTo("toxic-added");
        assertThat(events.get(0).data().get("state"))
                .hasToString("{\"name\":\"slow\",\"type\":\"latency\",\"stream\":\"downstream\","
                        + "\"toxicity\":1.0,\"attributes\":{\"jitter\":0,\"latency\":5}}");
        assertThat(events.get(1).data().at("/state/attributes/latency").asInt()).isEqualTo(6);
    }

    @Test
    void showsTheProxyAsTheApiDoes() throws Exception {
        EventReader reader = events(null);

        lab.enable(false);

        assertThat(reader.next().data().get("state"))
                .isEqualTo(lab.get("/proxies/auth").json());
    }

    @Test
    void saysWhenInMilliseconds() throws Exception {
        EventReader reader = events(null);

        Instant before = Instant.now();
        lab.enable(false);
        String at = reader.next().data().get("at").asText();

        assertThat(at).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(Instant.parse(at)).isBetween(before.minusMillis(1), Instant.now());
    }

    @Test
    void saysNothingWhenNothingChanges() throws Exception {
        EventReader reader = events(null);

        lab.enable(true);
        lab.reset();
        lab.send("PATCH", "/proxies/auth", "{\"listen\":\"127.0.0.1:%d\"}".formatted(lab.port()));
        lab.send("PATCH", "/proxies/auth", "{\"enabled\":false,\"ttl\":0}");
        lab.addToxic(LATENCY.formatted(""));
        lab.send("PATCH", "/proxies/auth/toxics/slow", "{}");
        lab.removeToxic("slow");

        assertThat(reader.next(2))
                .extracting(Event::summary)
                .containsExactly("toxic-added auth api", "toxic-removed auth api");
    }

    @Test
    void saysThatTheTimeWasOver() throws Exception {
        EventReader reader = events(null);

        lab.addToxic(LATENCY.formatted(",\"ttl\":300"));
        List<Event> toxic = reader.next(2);
        lab.send("PATCH", "/proxies/auth", "{\"enabled\":false,\"ttl\":50}");
        List<Event> proxy = reader.next(2);

        assertThat(toxic).extracting(Event::summary).containsExactly("toxic-added auth api", "toxic-removed auth ttl");
        assertThat(toxic.get(0).data().at("/state/ttl").asLong()).isBetween(1L, 300L);
        assertThat(proxy)
                .extracting(Event::summary)
                .containsExactly("proxy-disabled auth api", "proxy-enabled auth ttl");
    }

    @Test
    void saysThatAProxyCouldNotBeEnabledAgain() throws Exception {
        EventReader reader = events(null);
        lab.send("PATCH", "/proxies/auth", "{\"enabled\":false,\"ttl\":1500}");

        try (ServerSocket taken = new ServerSocket(lab.port(), 1, InetAddress.getLoopbackAddress())) {
            List<Event> events = reader.next(2);

            assertThat(events.get(1).summary()).isEqualTo("proxy-changed auth ttl");
            assertThat(events.get(1).data().at("/state/error").asText()).contains(":" + taken.getLocalPort());
        }
    }

    @Test
    void saysThatItWasAReset() throws Exception {
        EventReader reader = events(null);

        lab.addToxic(LATENCY.formatted(""));
        lab.enable(false);
        lab.reset();

        assertThat(reader.next(4))
                .extracting(Event::summary)
                .containsExactly(
                        "toxic-added auth api",
                        "proxy-disabled auth api",
                        "toxic-removed auth reset",
                        "proxy-enabled auth reset");
    }

    @Test
    void resumesBehindTheEventThatWasSeenLast() throws Exception {
        List<Event> seen;
        try (EventReader first = new EventReader(lab, null)) {
            lab.addToxic(LATENCY.formatted(""));
            lab.enable(false);
            lab.enable(true);
            seen = first.next(3);
        }
        lab.removeToxic("slow");

        EventReader second = events(String.valueOf(seen.get(0).id()));

        List<Event> resumed = second.next(3);
        assertThat(resumed).startsWith(seen.get(1), seen.get(2));
        assertThat(resumed.get(2).summary()).isEqualTo("toxic-removed auth api");
    }

    @Test
    void saysThatThereIsAGapWhenTooMuchHasHappenedSince() throws Exception {
        EventReader first = events(null);
        lab.enable(false);
        long seen = first.next().id();
        for (int i = 0; i < 1100; i++) {
            lab.send("PATCH", "/proxies/auth", "{\"enabled\":false,\"ttl\":%d}".formatted(80_000_000 + i));
        }

        EventReader second = events(String.valueOf(seen));

        Event gap = second.next();
        List<Event> kept = second.next(1000);
        assertThat(gap.name()).isEqualTo("gap");
        assertThat(gap.data()).hasToString("{\"event\":\"gap\",\"after\":%d,\"next\":%d}".formatted(seen, seen + 101));
        assertThat(kept.get(0).id()).isEqualTo(seen + 101);
        assertThat(kept.get(999).id()).isEqualTo(seen + 1100);
        assertThat(first.next(1100)).hasSize(1100);
    }

    @Test
    void saysThatThereIsAGapWhenTheNumberIsFromAnotherLife() throws Exception {
        long future = System.currentTimeMillis() * 1000 + 60_000_000_000L;

        for (String id : List.of("17", String.valueOf(future))) {
            EventReader reader = events(id);
            lab.enable(false);
            lab.enable(true);

            assertThat(reader.next().name()).isEqualTo("gap");
            assertThat(reader.next().summary()).isEqualTo("proxy-disabled auth api");
        }
    }

    @Test
    void refusesALastEventIdThatIsNoNumber() throws Exception {
        EventReader reader = events("x");

        assertThat(reader.status()).isEqualTo(400);
        assertThat(reader.rest()).contains("Last-Event-ID is \\\"x\\\"; it must be the id of an event");
    }

    @Test
    void isAnEventStreamAndSaysSoAtOnce() throws Exception {
        EventReader reader = events(null);

        assertThat(reader.status()).isEqualTo(200);
        assertThat(reader.header("content-type")).isEqualTo("text/event-stream");
        assertThat(reader.header("cache-control")).isEqualTo("no-store");
        assertThat(reader.header("server")).isEqualTo("stability-lab-fault-injector/1.2.3");
        assertThat(reader.line()).isEqualTo(":");
    }

    @Test
    void hasANumberAsEveryAnswerHas() throws Exception {
        String one = events(null).header("x-toxiproxy-request-id");

        assertThat(one).isNotEmpty().isNotEqualTo(events(null).header("x-toxiproxy-request-id"));
    }

    @Test
    void endsStreamsInGoodOrderWhenItStops() throws Exception {
        EventReader reader = events(null);
        lab.enable(false);

        lab.close();

        assertThat(reader.rest()).contains("proxy-disabled");
    }

    @Test
    void refusesMoreStreamsThanThereMayBe() throws Exception {
        for (int i = 0; i < 64; i++) {
            assertThat(events(null).status()).isEqualTo(200);
        }

        EventReader refused = events(null);
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.rest()).contains("\"error\":\"there are 64 streams of events already", "\"status\":503");
        readers.get(0).close();
        AtomicBoolean another = new AtomicBoolean();
        assertThat(ProxyingIT.becomesTrue(() -> another.get() || opensAnother(another)))
                .isTrue();
    }

    private boolean opensAnother(AtomicBoolean opened) {
        try {
            opened.set(events(null).status() == 200);
            return opened.get();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void hangsUpWhenSomethingElseIsAskedForOnAStream() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), lab.controlPort())) {
            socket.setSoTimeout(Lab.PATIENCE_MILLIS);
            String request = "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n";
            socket.getOutputStream().write(request.formatted("/events").getBytes(StandardCharsets.UTF_8));
            InputStream answer = socket.getInputStream();
            assertThat(answer.read()).isEqualTo('H');

            socket.getOutputStream().write(request.formatted("/version").getBytes(StandardCharsets.UTF_8));

            assertThat(new String(answer.readAllBytes(), StandardCharsets.UTF_8))
                    .doesNotContain("\"version\"");
        }
    }

    @Test
    void answersPipelinedRequestsBeforeAStreamAndNoneBehindIt() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), lab.controlPort())) {
            socket.setSoTimeout(Lab.PATIENCE_MILLIS);
            String request = "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n";
            String all = request.formatted("/version") + request.formatted("/events") + request.formatted("/proxies");
            socket.getOutputStream().write(all.getBytes(StandardCharsets.UTF_8));

            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .contains("1.2.3", "text/event-stream")
                    .doesNotContain("upstream");
        }
    }

    @Test
    void hangsUpWhenTwoStreamsAreAskedForOnOneConnection() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), lab.controlPort())) {
            socket.setSoTimeout(Lab.PATIENCE_MILLIS);
            String request = "GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n";
            socket.getOutputStream().write(request.repeat(2).getBytes(StandardCharsets.UTF_8));

            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .containsOnlyOnce("HTTP/1.1 200");
        }
    }

    @Test
    void speaksToOldClientsWithoutChunks() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), lab.controlPort())) {
            socket.setSoTimeout(Lab.PATIENCE_MILLIS);
            socket.getOutputStream().write("GET /events HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            assertThat(socket.getInputStream().read()).isEqualTo('H');

            lab.close();

            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .endsWith("\r\n\r\n:\n\n")
                    .doesNotContainIgnoringCase("chunked");
        }
    }

    @Test
    void refusesBrowsersAndOtherMethods() {
        Reply browser = lab.send("GET", "/events", "", "Mozilla/5.0");
        Reply post = lab.send("POST", "/events", "{}");

        assertThat(browser.status()).isEqualTo(403);
        assertThat(post.status()).isEqualTo(405);
        assertThat(post.json().get("error").asText()).contains("GET");
    }

    @Test
    void forgetsThoseWhoLeave() throws Exception {
        for (int i = 0; i < 200; i++) {
            try (EventReader reader = new EventReader(lab, null)) {
                assertThat(reader.status()).isEqualTo(200);
                assertThat(reader.line()).isEqualTo(":");
            }
        }
    }

    private EventReader events(@Nullable String lastEventId) throws IOException, InterruptedException {
        EventReader reader = new EventReader(lab, lastEventId);
        readers.add(reader);
        return reader;
    }
}

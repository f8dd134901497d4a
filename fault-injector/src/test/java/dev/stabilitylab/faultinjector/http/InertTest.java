package dev.stabilitylab.faultinjector.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stabilitylab.faultinjector.faults.ToxicTypes;
import dev.stabilitylab.faultinjector.toxic.ToxicMeter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** That a fault which cannot act says so, once a connection, and why. */
class InertTest {

    private final HttpChannel channel = new HttpChannel();
    private final List<String> reasons = new ArrayList<>();
    private final List<Map<String, String>> hits = new ArrayList<>();
    private final ToxicMeter meter = new ToxicMeter() {
        @Override
        public String toxic() {
            return "mine";
        }

        @Override
        public void connectionHit() {}

        @Override
        public void requestHit(Supplier<Map<String, String>> details) {
            hits.add(details.get());
        }

        @Override
        public void delayed(long nanos) {}

        @Override
        public void inert(String reason) {
            reasons.add(reason);
        }
    };

    @AfterEach
    void close() {
        channel.close();
    }

    static Stream<Arguments> conversations() {
        return Stream.of(
                Arguments.of("\u0016\u0003\u0001\u0002", "", "tls"),
                Arguments.of("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "", "http2"),
                Arguments.of("SSH-2.0-OpenSSH\r\n", "", "not_http"),
                Arguments.of("GET / HTTP/1.1\r\nX: " + "x".repeat(70_000), "", "long_head"),
                Arguments.of("GET / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", "", "ambiguous_head"),
                Arguments.of("GET / HTTP/1.1\r\nContent\rLength: 1\r\n\r\n", "", "ambiguous_head"),
                Arguments.of("POST / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n", "", "ambiguous_head"),
                Arguments.of("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\nx", "", "broken_chunks"),
                Arguments.of("CONNECT a:1 HTTP/1.1\r\n\r\n", "", "tunnel"),
                Arguments.of(Messages.GET, "HTTP/1.1 101 Switching Protocols\r\n\r\n", "tunnel"),
                Arguments.of(Messages.GET, "hello", "not_http"),
                Arguments.of(Messages.GET, Messages.OK + Messages.OK, "unexpected_response"));
    }

    @ParameterizedTest
    @MethodSource("conversations")
    void saysWhyItCannotAct(String requests, String responses, String reason) {
        channel.add("http_latency", Map.of("path", "/nowhere")).countWith(meter);
        HttpToxic.Slot later = channel.addForRequests("http_drip", Map.of("path", "/nowhere"));
        later.countWith(meter);

        channel.request(requests);
        channel.respond(responses);
        channel.request(Messages.GET).respond(Messages.OK);

        assertThat(reasons).containsExactly(reason, reason);
    }

    @Test
    void saysSoToAFaultThatComesLater() {
        channel.request("SSH-2.0\r\n");

        HttpToxic.Slot slot = (HttpToxic.Slot) toxic().newHandler(new SplittableRandom(1));
        slot.countWith(meter);
        channel.add(slot);

        assertThat(reasons).containsExactly("not_http");
    }

    private static HttpToxic toxic() {
        return (HttpToxic) ToxicTypes.find("http_latency").orElseThrow().create(Map.of());
    }

    @Test
    void saysNothingWhereItCanAct() {
        channel.add("http_latency", Map.of()).countWith(meter);

        channel.request(Messages.GET).respond(Messages.OK);
        channel.endRequests();
        channel.endResponses();

        assertThat(reasons).isEmpty();
    }

    @Test
    void tellsTheRequestThatIsHitAndItsTrace() {
        channel.add("http_headers", Map.of()).countWith(meter);

        channel.request("GET /items?a=b HTTP/1.1\r\nTraceParent: 00-4bf9-00f0-01\r\n\r\n" + Messages.HEAD);

        assertThat(hits)
                .containsExactly(
                        Map.of("request", "GET /items?a=b HTTP/1.1", "traceparent", "00-4bf9-00f0-01"),
                        Map.of("request", "HEAD /items HTTP/1.1"));
    }

    @Test
    void namesItselfInTheResponseWhereThatIsWanted() {
        channel.add("http_latency", Map.of("mark", "X-Fault")).countWith(meter);
        channel.add("http_status", Map.of("mark", "X-Fault", "method", "POST")).countWith(meter);

        channel.request(Messages.GET + Messages.POST);
        channel.respond(Messages.EMPTY);

        assertThat(channel.toClient().split("X-Fault: mine\r\n", -1)).hasSize(4);
    }
}

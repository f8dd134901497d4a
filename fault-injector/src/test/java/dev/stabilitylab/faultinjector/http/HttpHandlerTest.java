package dev.stabilitylab.faultinjector.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stabilitylab.faultinjector.faults.ToxicTypes;
import dev.stabilitylab.faultinjector.http.ClientEnd.Demand;
import dev.stabilitylab.faultinjector.http.Messages.Conversation;
import dev.stabilitylab.faultinjector.toxic.ToxicType;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What passes unchanged, in which order, and how much may wait. */
class HttpHandlerTest {

    private static final Map<String, ?> NEVER = Map.of("path", "/nowhere");

    private final HttpChannel channel = new HttpChannel();

    @AfterEach
    void close() {
        channel.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void passesWhatIsNotHitByteForByteHoweverItComes(boolean withFaults) {
        for (int seed = 0; seed < 300; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Conversation conversation = Messages.random(random, 1 + random.nextInt(6));
            try (HttpChannel one = new HttpChannel()) {
                if (withFaults) {
                    ToxicTypes.all().stream()
                            .filter(ToxicType::ofRequests)
                            .forEach(type -> one.add(type.name(), NEVER));
                }
                inPieces(conversation.requests(), random, one::request);
                inPieces(conversation.responses(), random, one::respond);

                assertThat(one.toUpstream()).isEqualTo(conversation.requests());
                assertThat(one.toClient()).isEqualTo(conversation.responses());
                assertThat(one.events()).isEmpty();
            }
        }
    }

    private static void inPieces(String text, RandomGenerator random, Consumer<String> taker) {
        int at = 0;
        while (at < text.length()) {
            int next = Math.min(text.length(), at + 1 + random.nextInt(random.nextBoolean() ? 3 : 200));
            taker.accept(text.substring(at, next));
            at = next;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0016\u0003\u0001hello",
                "a",
                "GET",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "GET / HTTP/1.1\r\nno colon\r\n\r\nHTTP/1.1",
                "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nnonsense\r\n",
                "\r\n\r\n"
            })
    void passesWhatIsNotHttpAtOnce(String text) {
        channel.request(text).respond("whatever");

        assertThat(channel.toUpstream()).isEqualTo(text);
        assertThat(channel.toClient()).isEqualTo("whatever");
        channel.request(Messages.GET).respond(Messages.OK);
        assertThat(channel.toUpstream()).isEqualTo(text + Messages.GET);
        assertThat(channel.toClient()).isEqualTo("whatever" + Messages.OK);
    }

    @Test
    void withholdsTheBeginningOfARequestOnlyWhileItCouldBeSwallowed() {
        channel.request("GET / HTTP");
        assertThat(channel.toUpstream()).isEqualTo("GET / HTTP");
        channel.request("/1.1\r\n\r\n").respond(Messages.OK);

        HttpToxic.Slot status = channel.add("http_status", Map.of());
        channel.request("GET / H");
        String before = channel.toUpstream();
        channel.remove(status);

        assertThat(before).isEqualTo("GET / HTTP/1.1\r\n\r\n");
        assertThat(channel.toUpstream()).isEqualTo(before + "GET / H");
        channel.add("http_status", Map.of());
        channel.request("TTP/1.1\r\n\r\n").respond(Messages.OK);
        assertThat(channel.toUpstream()).isEqualTo("GET / HTTP/1.1\r\n\r\n".repeat(2));
        assertThat(channel.toClient()).isEqualTo(Messages.OK.repeat(2));
    }

    @Test
    void doesNotKeepTheBeginningOfARequestWhoseEndNeverComes() {
        channel.add("http_status", Map.of());

        channel.request("GET / HTTP");
        channel.endRequests();

        assertThat(channel.toUpstream()).isEqualTo("GET / HTTP");
    }

    @Test
    void letsGoOfWhatTurnsOutNotToBeHttp() {
        channel.add("http_status", Map.of());

        channel.request("GET key").request("\r\n");

        assertThat(channel.toUpstream()).isEqualTo("GET key\r\n");
    }

    @Test
    void leavesATunnelAloneOnceItIsOpen() {
        channel.request("GET /chat HTTP/1.1\r\nUpgrade: websocket\r\n\r\n");
        channel.respond("HTTP/1.1 101 Switching Protocols\r\n\r\n");
        channel.add("http_status", Map.of());
        channel.add("http_headers", Map.of());

        channel.request(Messages.GET).respond(Messages.OK);

        assertThat(channel.toUpstream()).endsWith(Messages.GET);
        assertThat(channel.toClient()).endsWith("\r\n\r\n" + Messages.OK);
    }

    @Test
    void leavesWhatFollowsAConnectAlone() {
        channel.add("http_headers", Map.of("method", "GET"));

        channel.request("CONNECT a:1 HTTP/1.1\r\n\r\n" + Messages.GET);
        channel.respond("HTTP/1.1 200 OK\r\n\r\n").respond(Messages.OK);

        assertThat(channel.toClient()).isEqualTo("HTTP/1.1 200 OK\r\n\r\n" + Messages.OK);
    }

    @Test
    void passesTheUpstreamsEnd() {
        channel.request(Messages.GET).respond("HTTP/1.0 200 OK\r\n\r\nhello");

        channel.endResponses();

        assertThat(channel.toClient()).isEqualTo("HTTP/1.0 200 OK\r\n\r\nhello");
        assertThat(channel.events()).containsExactly(ChannelInputShutdownEvent.INSTANCE);
    }

    @Test
    void passesTheBeginningOfAResponseWhoseEndNeverComes() {
        channel.add("http_headers", Map.of());

        channel.request(Messages.GET).respond("HTTP/1.1 200 O");
        channel.endResponses();

        assertThat(channel.toClient()).isEqualTo("HTTP/1.1 200 O");
        assertThat(channel.events()).containsExactly(ChannelInputShutdownEvent.INSTANCE);
    }

    @Test
    void readsNoMoreFromAClientThatReadsNoAnswers() {
        channel.request(Messages.GET.repeat(Exchanges.MAX_OUTSTANDING - 1));
        boolean before = channel.isWritable();
        channel.request(Messages.GET);
        boolean full = channel.isWritable();
        channel.respond(Messages.OK.repeat(Exchanges.MAX_OUTSTANDING / 2));

        assertThat(before).isTrue();
        assertThat(full).isFalse();
        assertThat(channel.isWritable()).isTrue();
    }

    @Test
    void makesNoMoreAnswersThanAreAskedFor() {
        channel.add("http_status", Map.of("body", "x".repeat(60_000)));
        channel.demand(Demand.NEVER);

        channel.request(Messages.GET.repeat(100));
        int first = channel.toClient().length();
        channel.demand(Demand.IN_THE_END);

        assertThat(first).isLessThan(130_000);
        assertThat(channel.toClient().length()).isGreaterThan(6_000_000);
    }

    @Test
    void enlargesNoMoreResponsesThanAreAskedFor() {
        channel.add("http_headers", Map.of("count", 10, "size", 10_000));
        channel.request(Messages.GET.repeat(100));
        channel.demand(Demand.NEVER);

        channel.respond(Messages.OK.repeat(100));
        int first = channel.toClient().length();
        channel.demand(Demand.IN_THE_END);

        assertThat(first).isLessThan(210_000);
        assertThat(channel.toClient().length()).isGreaterThan(10_000_000);
    }

    @Test
    void readsNoMoreThanItMayKeep() {
        channel.add("http_latency", Map.of("latency", 1_000));
        channel.request(Messages.GET);
        channel.respond("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
        int before = channel.reads();
        channel.respond("x".repeat(Backlog.MAX_BYTES / 2));
        int half = channel.reads();
        channel.respond("x".repeat(Backlog.MAX_BYTES / 2));
        int full = channel.reads();
        channel.advance(1_000);

        assertThat(half).isGreaterThan(before);
        assertThat(full).isEqualTo(half);
        assertThat(channel.reads()).isGreaterThan(full);
        assertThat(channel.toClient()).hasSize(44 + Backlog.MAX_BYTES);
    }
}

package dev.stabilitylab.faultinjector.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stabilitylab.faultinjector.http.Messages.Conversation;
import dev.stabilitylab.faultinjector.toxic.BufferedBytes;
import dev.stabilitylab.faultinjector.toxic.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What faults make of requests on their way to the upstream, however the bytes come. */
class RequestFaultsTest {

    private static final int SEEDS = 400;

    /** Of tests before this one. */
    private final long bufferedBefore = BufferedBytes.ALL.total();

    private HttpChannel channel = new HttpChannel();

    @AfterEach
    void close() {
        channel.close();
        assertThat(channel.unreleased()).isZero();
        assertThat(BufferedBytes.ALL.total()).isEqualTo(bufferedBefore);
    }

    private HttpChannel fresh() {
        close();
        channel = new HttpChannel();
        return channel;
    }

    @Test
    void holdsARequestAndThoseBehindIt() {
        channel.addForRequests("http_latency", Map.of("latency", 60_000, "method", "POST"));

        channel.request(Messages.GET + Messages.POST + Messages.GET);
        String before = channel.toUpstream();
        channel.advance(60_000);

        assertThat(before).isEqualTo(Messages.GET);
        assertThat(channel.toUpstream()).isEqualTo(Messages.GET + Messages.POST + Messages.GET);
    }

    @Test
    void letsGoAtOnceWhenTheFaultIsTakenOff() {
        HttpToxic.Slot latency = channel.addForRequests("http_latency", Map.of("latency", 86_400_000));
        channel.request(Messages.POST);

        channel.remove(latency);

        assertThat(channel.toUpstream()).isEqualTo(Messages.POST);
    }

    @Test
    void tellsTheUpstreamOfTheClientsEndBehindWhatIsHeld() {
        channel.addForRequests("http_latency", Map.of("latency", 1_000));
        channel.request(Messages.POST);

        channel.endRequests();
        boolean before = channel.hasEnded();
        channel.advance(1_000);

        assertThat(before).isFalse();
        assertThat(channel.toUpstream()).isEqualTo(Messages.POST);
        assertThat(channel.hasEnded()).isTrue();
    }

    @Test
    void addsHeaders() {
        channel.addForRequests("http_headers", Map.of("count", 2, "size", 16));

        channel.request(Messages.POST);

        assertThat(channel.toUpstream())
                .isEqualTo(Messages.POST.replaceFirst("\r\n\r\n", "\r\nX-Flood-1: aaaaa\r\nX-Flood-2: aaaaa\r\n\r\n"));
    }

    @Test
    void replacesABodyWhereThereIsOne() {
        channel.addForRequests("http_replace", Map.of("body", "{", "content_type", "application/json"));

        channel.request(Messages.CHUNKED_POST + Messages.GET);

        assertThat(channel.toUpstream())
                .contains("Content-Type: application/json\r\nContent-Length: 1\r\n\r\n{" + Messages.GET)
                .doesNotContainIgnoringCase("chunked");
    }

    @Test
    void cutsTheBodyAndWithItTheConnection() {
        int head = Messages.POST.indexOf("\r\n\r\n") + 4;
        for (int split = 0; split <= Messages.POST.length(); split++) {
            fresh().addForRequests("http_truncate", Map.of("bytes", 2));

            channel.request(Messages.POST.substring(0, split)).request(Messages.POST.substring(split) + Messages.GET);

            assertThat(channel.toUpstream()).isEqualTo(Messages.POST.substring(0, head + 2));
            assertThat(channel.events()).containsExactly(Signal.CLOSE);
        }
        fresh().addForRequests("http_truncate", Map.of("bytes", 2, "reset", 1));

        channel.request(Messages.POST);

        assertThat(channel.events()).containsExactly(Signal.RESET);
    }

    @Test
    void dripsTheBody() {
        int head = Messages.POST.indexOf("\r\n\r\n") + 4;
        channel.addForRequests("http_drip", Map.of("bytes", 1, "interval", 100));

        channel.request(Messages.POST);
        String first = channel.toUpstream();
        channel.advance(100);

        assertThat(first).isEqualTo(Messages.POST.substring(0, head + 1));
        assertThat(channel.toUpstream()).isEqualTo(Messages.POST.substring(0, head + 2));
    }

    @Test
    void readsNoMoreFromTheClientThanItMayKeep() {
        channel.addForRequests("http_latency", Map.of("latency", 1_000));

        channel.request("POST / HTTP/1.1\r\nContent-Length: 1000000\r\n\r\n");
        channel.request("x".repeat(Backlog.MAX_BYTES / 2));
        boolean half = channel.isWritable();
        channel.request("x".repeat(Backlog.MAX_BYTES / 2));
        boolean full = channel.isWritable();
        channel.advance(1_000);

        assertThat(half).isTrue();
        assertThat(full).isFalse();
        assertThat(channel.isWritable()).isTrue();
    }

    @Test
    void keepsTheOrderOfItsOwnResponsesBehindARequestThatIsHeld() {
        channel.addForRequests("http_latency", Map.of("latency", 1_000, "method", "GET"));
        channel.add("http_status", Map.of("method", "POST", "body", "no"));

        channel.request(Messages.GET + Messages.POST);
        channel.advance(1_000);
        channel.respond(Messages.OK);

        assertThat(channel.toUpstream()).isEqualTo(Messages.GET);
        assertThat(channel.toClient()).startsWith(Messages.OK + "HTTP/1.1 503").endsWith("no");
    }

    @Test
    void passesWhatIsHeldWhenTheUpstreamTurnsOutNotToSpeakHttp() {
        channel.addForRequests("http_latency", Map.of("latency", 86_400_000, "method", "POST"));
        channel.request(Messages.GET + Messages.POST + "tail");

        channel.respond("SSH-2.0");

        assertThat(channel.toUpstream()).isEqualTo(Messages.GET + Messages.POST + "tail");
        assertThat(channel.toClient()).isEqualTo("SSH-2.0");
    }

    @Test
    void leavesARequestAloneThatHasPassedInPart() {
        channel.request(Messages.POST.substring(0, 10));

        channel.addForRequests("http_headers", Map.of());
        channel.request(Messages.POST.substring(10));

        assertThat(channel.toUpstream()).isEqualTo(Messages.POST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http_latency", "http_drip", "http_headers", "http_replace", "http_corrupt", "http_truncate"})
    void passesTheSameHoweverItIsCut(String type) {
        for (int seed = 0; seed < SEEDS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Conversation conversation = Messages.random(random, 1 + random.nextInt(6));
            Map<String, ?> attributes =
                    type.equals("http_truncate") ? Map.of("rate", 0.5, "bytes", 3) : Map.of("rate", 0.5);

            String whole = requested(type, attributes, List.of(conversation.requests()));
            String pieces = requested(type, attributes, pieces(conversation.requests(), random));

            assertThat(pieces).as("seed %d", seed).isEqualTo(whole);
        }
    }

    private String requested(String type, Map<String, ?> attributes, List<String> pieces) {
        fresh().addForRequests(type, attributes);
        pieces.forEach(channel::request);
        for (int i = 0; i < 300; i++) {
            channel.advance(100);
        }
        assertThat(channel.failures()).isEmpty();
        return channel.toUpstream();
    }

    private static List<String> pieces(String text, RandomGenerator random) {
        List<String> pieces = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int next = Math.min(text.length(), at + 1 + random.nextInt(random.nextBoolean() ? 3 : 200));
            pieces.add(text.substring(at, next));
            at = next;
        }
        return pieces;
    }
}

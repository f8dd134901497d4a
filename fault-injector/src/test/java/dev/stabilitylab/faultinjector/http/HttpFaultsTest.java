package dev.stabilitylab.faultinjector.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stabilitylab.faultinjector.toxic.Signal;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What each fault makes of a message, however the bytes come. */
class HttpFaultsTest {

    private static final String PROBLEM = "{\"type\":\"about:blank\",\"title\":\"Service Unavailable\",\"status\":503,"
            + "\"detail\":\"This answer comes from the fault injector; the upstream was not asked.\"}";
    private static final String UNAVAILABLE = "HTTP/1.1 503 Service Unavailable\r\n"
            + "Content-Type: application/problem+json\r\nContent-Length: " + PROBLEM.length() + "\r\n\r\n" + PROBLEM;

    private HttpChannel channel = new HttpChannel();

    @AfterEach
    void close() {
        channel.close();
    }

    private HttpChannel fresh() {
        channel.close();
        channel = new HttpChannel();
        return channel;
    }

    /** The response is hit, and comes in two parts, at every place; then comes one that is not hit. */
    private void assertBecomes(
            String type, Map<String, ?> attributes, String request, String response, String expected) {
        for (int split = 0; split <= response.length(); split++) {
            fresh().add(type, attributes);
            channel.request(request + "GET /other HTTP/1.1\r\n\r\n");

            channel.respond(response.substring(0, split)).respond(response.substring(split) + Messages.OK);

            assertThat(channel.toClient()).as("split at %d", split).isEqualTo(expected + Messages.OK);
            assertThat(channel.toUpstream()).isEqualTo(request + "GET /other HTTP/1.1\r\n\r\n");
            assertThat(channel.events()).isEmpty();
        }
    }

    @Test
    void answersWithAStatusInThePlaceOfTheUpstream() {
        String requests = Messages.GET + Messages.POST + Messages.CHUNKED_POST;
        for (int split = 0; split <= requests.length(); split++) {
            fresh().add("http_status", Map.of("path", "/items"));

            channel.request(requests.substring(0, split)).request(requests.substring(split));

            assertThat(channel.toUpstream()).isEmpty();
            assertThat(channel.toClient()).as("split at %d", split).isEqualTo(UNAVAILABLE.repeat(3));
        }
    }

    @Test
    void answersInTheOrderOfTheRequests() {
        channel.add("http_status", Map.of("method", "POST"));

        channel.request(Messages.POST + Messages.GET + Messages.POST + Messages.HEAD + Messages.POST);
        String before = channel.toClient();
        channel.respond(Messages.CHUNKED).respond(Messages.HEAD_RESPONSE);

        assertThat(channel.toUpstream()).isEqualTo(Messages.GET + Messages.HEAD);
        assertThat(before).isEqualTo(UNAVAILABLE);
        assertThat(channel.toClient())
                .isEqualTo(UNAVAILABLE + Messages.CHUNKED + UNAVAILABLE + Messages.HEAD_RESPONSE + UNAVAILABLE);
    }

    @Test
    void putsItsAnswersBetweenResponsesThatComeTogether() {
        channel.add("http_status", Map.of("method", "POST"));

        channel.request(Messages.GET + Messages.POST + Messages.POST + Messages.GET + Messages.POST);
        channel.respond(Messages.CHUNKED + Messages.OK);

        assertThat(channel.toClient())
                .isEqualTo(Messages.CHUNKED + UNAVAILABLE + UNAVAILABLE + Messages.OK + UNAVAILABLE);
    }

    @Test
    void answersOnlyWhenTheRequestHasEnded() {
        channel.add("http_status", Map.of());

        channel.request(Messages.POST.substring(0, Messages.POST.length() - 1));
        String before = channel.toClient();
        channel.request(Messages.POST.substring(Messages.POST.length() - 1));

        assertThat(before).isEmpty();
        assertThat(channel.toClient()).isEqualTo(UNAVAILABLE);
    }

    @Test
    void answersAtOnceAndClosesWhenTheClientWaitsForLeaveToSendItsBody() {
        channel.add("http_status", Map.of());

        channel.request("PUT / HTTP/1.1\r\nContent-Length: 5\r\nExpect: 100-Continue\r\n\r\n");
        channel.request("hello" + Messages.GET);

        assertThat(channel.toUpstream()).isEmpty();
        assertThat(channel.toClient()).isEqualTo(closing(UNAVAILABLE));
        assertThat(channel.events()).containsExactly(ChannelInputShutdownEvent.INSTANCE);
    }

    @Test
    void closesWhenTheClientWantsIt() {
        for (String request : List.of("GET / HTTP/1.1\r\nConnection: x, Close\r\n\r\n", "GET / HTTP/1.0\r\n\r\n")) {
            fresh().add("http_status", Map.of());

            channel.request(request + Messages.GET);

            assertThat(channel.toClient()).isEqualTo(closing(UNAVAILABLE));
            assertThat(channel.events()).containsExactly(ChannelInputShutdownEvent.INSTANCE);
        }
    }

    @Test
    void keepsAnOldClientsConnectionWhenItWantsThat() {
        channel.add("http_status", Map.of());

        channel.request("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n" + Messages.GET);

        assertThat(channel.toClient()).isEqualTo(closing(UNAVAILABLE).replace(": close", ": keep-alive") + UNAVAILABLE);
    }

    private static String closing(String response) {
        return response.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n");
    }

    @Test
    void answersWithAnyStatusAndBody() {
        channel.add("http_status", Map.of("status", 429, "retry_after", 7, "body", "späť"));

        channel.request(Messages.GET + Messages.HEAD);

        String head = Messages.crlf("""
                HTTP/1.1 429 Too Many Requests
                Content-Type: text/plain; charset=utf-8
                Content-Length: 6
                Retry-After: 7

                """);
        assertThat(channel.toClient()).isEqualTo(head + "sp\u00c3\u00a4\u00c5\u00a5" + head);
    }

    @Test
    void answersWithoutABodyWhereThereIsNone() {
        channel.add("http_status", Map.of("status", 204, "body", "no"));

        channel.request(Messages.GET);

        assertThat(channel.toClient()).isEqualTo("HTTP/1.1 204 No Content\r\n\r\n");
    }

    @Test
    void answersThoughTheUpstreamHasEnded() {
        channel.add("http_status", Map.of());
        channel.request(Messages.POST.substring(0, 60));
        channel.endResponses();
        List<Object> before = List.copyOf(channel.events());

        channel.request(Messages.POST.substring(60));

        assertThat(before).isEmpty();
        assertThat(channel.toClient()).isEqualTo(UNAVAILABLE);
        assertThat(channel.events()).containsExactly(ChannelInputShutdownEvent.INSTANCE);
    }

    @Test
    void answersARequestThatIsCutShort() {
        channel.add("http_status", Map.of());
        channel.request(Messages.POST.substring(0, 60));

        channel.endRequests();
        channel.endResponses();

        assertThat(channel.toClient()).isEqualTo(UNAVAILABLE);
        assertThat(channel.events()).containsExactly(ChannelInputShutdownEvent.INSTANCE);
    }

    @Test
    void closesWhenTheUpstreamSaysWhatCannotBePutInOrder() {
        channel.add("http_status", Map.of("method", "POST"));
        channel.request(Messages.GET + Messages.POST);

        channel.respond("SSH-2.0");

        assertThat(channel.toClient()).isEmpty();
        assertThat(channel.events()).containsExactly(ChannelInputShutdownEvent.INSTANCE);
    }

    @Test
    void addsHeaders() {
        Map<String, ?> attributes = Map.of("count", 2, "size", 16, "path", "/items");
        String flood = "X-Flood-1: aaaaa\r\nX-Flood-2: aaaaa\r\n";

        for (String response : List.of(Messages.OK, Messages.CHUNKED, Messages.NO_CONTENT, Messages.NOT_MODIFIED)) {
            int blank = response.indexOf("\r\n\r\n") + 2;
            assertBecomes(
                    "http_headers",
                    attributes,
                    Messages.GET,
                    response,
                    response.substring(0, blank) + flood + response.substring(blank));
        }
        assertBecomes(
                "http_headers",
                attributes,
                Messages.HEAD,
                Messages.HEAD_RESPONSE,
                Messages.HEAD_RESPONSE.replace("\r\n\r\n", "\r\n" + flood + "\r\n"));
        assertBecomes(
                "http_headers",
                attributes,
                Messages.GET,
                Messages.EARLY_HINTS,
                Messages.EARLY_HINTS.replace("7\r\n", "7\r\n" + flood));
    }

    @Test
    void replacesTheBody() {
        Map<String, ?> attributes = Map.of("body", "<html>", "path", "/items");
        String about = "Content-Type: text/plain; charset=utf-8\r\nContent-Length: 6\r\n\r\n<html>";

        assertBecomes("http_replace", attributes, Messages.GET, Messages.OK, "HTTP/1.1 200 OK\r\n" + about);
        assertBecomes(
                "http_replace", attributes, Messages.GET, Messages.CHUNKED, "HTTP/1.1 200 OK\r\nX: y\r\n" + about);
        assertBecomes("http_replace", attributes, Messages.GET, Messages.EMPTY, "HTTP/1.1 200 OK\r\n" + about);
        assertBecomes("http_replace", attributes, Messages.GET, Messages.NO_CONTENT, Messages.NO_CONTENT);
        assertBecomes("http_replace", attributes, Messages.GET, Messages.NOT_MODIFIED, Messages.NOT_MODIFIED);
        assertBecomes("http_replace", attributes, Messages.HEAD, Messages.HEAD_RESPONSE, Messages.HEAD_RESPONSE);
    }

    @Test
    void replacesACodedBodyThatEndsWithTheConnection() {
        channel.add("http_replace", Map.of());

        channel.request(Messages.GET).respond("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nabc");
        channel.respond("def");
        channel.endResponses();

        assertThat(channel.toClient())
                .startsWith("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: ")
                .contains("502 Bad Gateway")
                .doesNotContain("gzip", "abc", "def");
        assertThat(channel.events()).containsExactly(ChannelInputShutdownEvent.INSTANCE);
    }

    @Test
    void flipsOneBitOfEachByteOfTheBody() {
        for (String response : List.of(Messages.OK, Messages.CHUNKED)) {
            String first = "";
            for (int split = 0; split <= response.length(); split++) {
                fresh().add("http_corrupt", Map.of("share", 1));
                channel.request(Messages.GET);

                channel.respond(response.substring(0, split)).respond(response.substring(split));

                first = split == 0 ? channel.toClient() : first;
                assertThat(channel.toClient()).as("split at %d", split).isEqualTo(first);
            }
            int flipped = 0;
            for (int i = 0; i < response.length(); i++) {
                int difference = first.charAt(i) ^ response.charAt(i);
                assertThat(Integer.bitCount(difference)).isLessThanOrEqualTo(1);
                flipped += difference == 0 ? 0 : 1;
            }
            assertThat(flipped).isEqualTo(response.equals(Messages.OK) ? 7 : 9);
        }
    }

    @Test
    void flipsTheShareThatIsAskedFor() {
        channel.add("http_corrupt", Map.of("share", 0.25));

        channel.request(Messages.GET).respond("HTTP/1.0 200 OK\r\n\r\n" + "\0".repeat(10_000));

        // 2,500 expected, standard deviation 43.
        assertThat(channel.toClient()
                        .substring(19)
                        .chars()
                        .filter(value -> value != 0)
                        .count())
                .isBetween(2_300L, 2_700L);
    }

    @Test
    void cutsTheBody() {
        for (int bytes = 0; bytes <= 7; bytes++) {
            for (int split = 0; split <= Messages.OK.length(); split++) {
                fresh().add("http_truncate", Map.of("bytes", bytes));
                channel.request(Messages.GET);

                channel.respond(Messages.OK.substring(0, split)).respond(Messages.OK.substring(split));
                channel.request(Messages.GET).respond(Messages.OK);

                assertThat(channel.toClient()).isEqualTo(Messages.OK.substring(0, Messages.OK.length() - 7 + bytes));
                assertThat(channel.events()).containsExactly(ChannelInputShutdownEvent.INSTANCE);
                assertThat(channel.toUpstream()).isEqualTo(Messages.GET);
            }
        }
    }

    @Test
    void cutsABodyInChunksByItsContent() {
        channel.add("http_truncate", Map.of("bytes", 6));

        channel.request(Messages.GET).respond(Messages.CHUNKED);

        assertThat(channel.toClient()).isEqualTo(Messages.CHUNKED.substring(0, Messages.CHUNKED.indexOf("dia")));
        assertThat(channel.events()).containsExactly(ChannelInputShutdownEvent.INSTANCE);
    }

    @Test
    void cutsWithAReset() {
        channel.add("http_truncate", Map.of("bytes", 2, "reset", 1));

        channel.request(Messages.GET).respond(Messages.OK);

        assertThat(channel.toClient()).endsWith("\r\n\r\n{\"");
        assertThat(channel.events()).containsExactly(Signal.RESET);
    }

    @Test
    void leavesBodiesAloneThatAreShorterThanTheCut() {
        assertBecomes("http_truncate", Map.of("bytes", 8, "path", "/items"), Messages.GET, Messages.OK, Messages.OK);
        assertBecomes(
                "http_truncate",
                Map.of("bytes", 10, "path", "/items"),
                Messages.GET,
                Messages.CHUNKED,
                Messages.CHUNKED);
        assertBecomes(
                "http_truncate",
                Map.of("bytes", 1, "path", "/items"),
                Messages.GET,
                Messages.NO_CONTENT,
                Messages.NO_CONTENT);
    }

    @Test
    void dripsTheBody() {
        for (int split = 0; split < Messages.OK.length(); split++) {
            fresh().add("http_drip", Map.of("bytes", 3, "interval", 86_400_000));
            channel.request(Messages.GET + Messages.GET);

            channel.respond(Messages.OK.substring(0, split)).respond(Messages.OK.substring(split) + Messages.CHUNKED);

            String head = Messages.OK.substring(0, Messages.OK.length() - 7);
            assertThat(channel.toClient()).isEqualTo(head + "{\"a");
            channel.advance(86_400_000);
            assertThat(channel.toClient()).isEqualTo(head + "{\"a\":1");
            channel.advance(86_400_000);
            assertThat(channel.toClient()).startsWith(Messages.OK).endsWith("\r\n\r\n4;x\r\nWik");
            channel.advance(86_400_000);
            channel.advance(86_400_000);
            assertThat(channel.toClient()).isEqualTo(Messages.OK + Messages.CHUNKED);
        }
    }

    @Test
    void holdsAResponse() {
        channel.add("http_latency", Map.of("latency", 60_000, "path", "/items"));
        channel.request(Messages.GET + "GET / HTTP/1.1\r\n\r\n");

        channel.respond(Messages.EARLY_HINTS + Messages.CHUNKED);
        String before = channel.toClient();
        channel.endResponses();
        List<Object> events = List.copyOf(channel.events());
        channel.advance(60_000);

        assertThat(before).isEqualTo(Messages.EARLY_HINTS.replace(Messages.OK, ""));
        assertThat(events).isEmpty();
        assertThat(channel.toClient()).isEqualTo(Messages.EARLY_HINTS + Messages.CHUNKED);
        assertThat(channel.events()).containsExactly(ChannelInputShutdownEvent.INSTANCE);
    }

    @Test
    void letsGoAtOnceWhenTheFaultIsTakenOff() {
        HttpToxic.Slot latency = channel.add("http_latency", Map.of("latency", 86_400_000));
        HttpToxic.Slot drip = channel.add("http_drip", Map.of("bytes", 1, "interval", 86_400_000));
        channel.request(Messages.GET).respond(Messages.OK + "x");
        String held = channel.toClient();

        channel.remove(latency);
        String dripping = channel.toClient();
        channel.remove(drip);

        assertThat(held).isEmpty();
        assertThat(dripping).isEqualTo(Messages.OK.substring(0, Messages.OK.length() - 6));
        assertThat(channel.toClient()).isEqualTo(Messages.OK + "x");
    }

    @Test
    void stopsCuttingAndCorruptingWhenTheFaultIsTakenOff() {
        HttpToxic.Slot cut = channel.add("http_truncate", Map.of("bytes", 3));
        HttpToxic.Slot corrupt = channel.add("http_corrupt", Map.of("share", 1));
        channel.request(Messages.GET).respond(Messages.OK.substring(0, Messages.OK.length() - 5));

        channel.remove(cut);
        channel.remove(corrupt);
        channel.respond("a\":1}".substring(0, 5));

        assertThat(channel.toClient())
                .hasSize(Messages.OK.length())
                .endsWith("a\":1}")
                .isNotEqualTo(Messages.OK);
        assertThat(channel.events()).isEmpty();
    }

    @Test
    void combinesTypes() {
        channel.add("http_status", Map.of("body", "0123456789"));
        channel.add("http_headers", Map.of("count", 1, "size", 16));
        channel.add("http_latency", Map.of("latency", 60_000));
        channel.add("http_truncate", Map.of("bytes", 4));

        channel.request(Messages.GET);
        String before = channel.toClient();
        channel.advance(60_000);

        assertThat(before).isEmpty();
        assertThat(channel.toClient()).endsWith("\r\nX-Flood-1: aaaaa\r\n\r\n0123");
        assertThat(channel.events()).containsExactly(ChannelInputShutdownEvent.INSTANCE);
    }

    @Test
    void takesTheFirstOfATypeThatHits() {
        channel.add("http_status", Map.of("status", 500, "times", 2));
        channel.add("http_status", Map.of("status", 502, "path", "/items"));
        channel.add("http_status", Map.of("status", 404));

        channel.request(Messages.HEAD.repeat(3) + "HEAD / HTTP/1.1\r\n\r\n");

        assertThat(channel.toClient().lines().filter(line -> line.startsWith("HTTP")))
                .map(line -> line.substring(9, 12))
                .containsExactly("500", "500", "502", "404");
    }

    @Test
    void actsOnTheNextRequestWhenItIsAddedInTheMiddleOfOne() {
        channel.request(Messages.POST.substring(0, 60));

        channel.add("http_status", Map.of());
        channel.request(Messages.POST.substring(60) + Messages.GET);
        channel.respond(Messages.OK);

        assertThat(channel.toUpstream()).isEqualTo(Messages.POST);
        assertThat(channel.toClient()).isEqualTo(Messages.OK + UNAVAILABLE);
    }
}

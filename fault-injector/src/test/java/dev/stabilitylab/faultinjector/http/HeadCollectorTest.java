package dev.stabilitylab.faultinjector.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadCollectorTest {

    private final RequestParser requests = new RequestParser();
    private final ResponseParser responses = new ResponseParser();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET / HTTP/1.0\n\n",
                "M-SEARCH * HTTP/1.1\r\nA:\r\n\n",
                "POST http://a/b?c HTTP/1.1\nContent-Length: 5\n\r\n"
            })
    void findsTheEndOfAHeadHoweverItComes(String head) {
        String text = head + "GET /other HTTP/1.1\r\n\r\n";
        for (int split = 1; split <= text.length(); split++) {
            HeadCollector collector = new HeadCollector(requests);

            assertThat(feed(collector, text, split)).isEqualTo(head.length());
            assertThat(collector.isCollecting()).isFalse();
        }
    }

    /** A carriage return with its lower-case bit set is a hyphen. */
    @Test
    void takesNoCarriageReturnForAHyphen() {
        ByteBuf in = bytes("content\rlength");

        assertThat(Ascii.equalsIgnoringCase(in, 0, in.writerIndex(), Ascii.bytes("content-length")))
                .isFalse();
    }

    @Test
    void readsAHeadThatComesAByteAtATime() {
        HeadCollector collector = new HeadCollector(requests);
        ByteBuf in = bytes(Messages.POST);
        int end = HeadParser.INCOMPLETE;
        int at = 0;
        while (end == HeadParser.INCOMPLETE) {
            end = collector.feed(in, at, at + 1);
            at++;
        }

        assertThat(end).isEqualTo(at).isEqualTo(Messages.POST.indexOf("hello"));
        assertThat(collector.text()).isEqualTo(Messages.POST.substring(0, end));
        assertThat(requests.bodyFraming()).isEqualTo(12);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0016\u0003\u0001",
                "PRI * HTTP/2.0\r\n\r\n",
                "GET / HTTP/2\r\n\r\n",
                "GET / HTTP/1.2\r\n\r\n",
                "GET  / HTTP/1.1\r\n\r\n",
                "GET /a b HTTP/1.1\r\n\r\n",
                "GET /\r\n\r\n",
                "GET\r\n\r\n",
                "(GET) / HTTP/1.1\r\n\r\n",
                "GETGETGETGETGETGETGETGETGETGETGETGET / HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost\r\n\r\n",
                "GET / HTTP/1.1\r\nContent\rLength: 5\r\n\r\n",
                "GET / HTTP/1.1\r\nA: b\rContent-Length: 5\r\n\r\n",
                "GET / HTTP/1.1\r\n: a\r\n\r\n",
                "GET / HTTP/1.1\r\nHost : a\r\n\r\n",
                "GET / HTTP/1.1\r\nA: b\r\n c: d\r\n\r\n",
                "GET / HTTP/1.1\r\nContent-Length: 1\r\ncontent-length: 1\r\n\r\n",
                "GET / HTTP/1.1\r\nContent-Length: 1, 1\r\n\r\n",
                "GET / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
                "GET / HTTP/1.1\r\nContent-Length: +1\r\n\r\n",
                "GET / HTTP/1.1\r\nContent-Length:\r\n\r\n",
                "GET / HTTP/1.1\r\nContent-Length: 1111111111111111111\r\n\r\n",
                "GET / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
                "GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n",
                "GET / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n"
            })
    void refusesWhatIsNoRequestOrHasNoClearEnd(String text) {
        for (int split = 1; split <= text.length(); split++) {
            assertThat(feed(new HeadCollector(requests), text, split))
                    .as("split at %d", split)
                    .isEqualTo(HeadParser.INVALID);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/2 200\r\n\r\n",
                "HTTP/1.1 20\r\n\r\n",
                "HTTP/1.1 099 No\r\n\r\n",
                "HTTP/1.1 2000\r\n\r\n",
                "HTTP/1.1  200 OK\r\n\r\n",
                "ICY 200 OK\r\n\r\n",
                "SSH-2.0-OpenSSH\r\n"
            })
    void refusesWhatIsNoResponse(String text) {
        for (int split = 1; split <= text.length(); split++) {
            assertThat(feed(new HeadCollector(responses), text, split)).isEqualTo(HeadParser.INVALID);
        }
    }

    @Test
    void knowsByTheFirstBytesThatItIsNoRequest() {
        assertThat(new HeadCollector(requests).feed(bytes("\0"), 0, 1)).isEqualTo(HeadParser.INVALID);
        assertThat(new HeadCollector(requests).feed(bytes("*3\r"), 0, 3)).isEqualTo(HeadParser.INVALID);
    }

    @Test
    void refusesAHeadThatIsTooLong() {
        String text = "GET / HTTP/1.1\r\n" + "A: b\r\n".repeat(HeadCollector.MAX_BYTES / 6) + "\r\n";

        assertThat(feed(new HeadCollector(requests), text, 1)).isEqualTo(HeadParser.INVALID);
        assertThat(feed(new HeadCollector(requests), text, text.length())).isEqualTo(HeadParser.INVALID);
        assertThat(feed(new HeadCollector(requests), text, 60_000)).isEqualTo(HeadParser.INVALID);
    }

    @Test
    void findsHowABodyEnds() {
        feed(new HeadCollector(requests), "GET / HTTP/1.1\r\n\r\n", 1);
        assertThat(requests.bodyFraming()).isZero();
        feed(new HeadCollector(requests), "GET / HTTP/1.1\r\ntransfer-ENCODING:gzip,\tchunked \r\n\r\n", 1);
        assertThat(requests.bodyFraming()).isEqualTo(BodyFramer.CHUNKED);
        feed(new HeadCollector(requests), "GET / HTTP/1.1\r\nTransfer-Encoding: chunked, gzip\r\n\r\n", 1);
        assertThat(requests.bodyFraming()).isEqualTo(HeadParser.INVALID);

        feed(new HeadCollector(responses), "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n", 1);
        assertThat(responses.bodyFraming(new Exchange(Exchange.Kind.USUAL, List.of(), null)))
                .isEqualTo(BodyFramer.UNTIL_CLOSE);
        feed(new HeadCollector(responses), "HTTP/1.0 200 OK\r\n\r\n", 1);
        assertThat(responses.bodyFraming(new Exchange(Exchange.Kind.USUAL, List.of(), null)))
                .isEqualTo(BodyFramer.UNTIL_CLOSE);
        feed(new HeadCollector(responses), Messages.HEAD_RESPONSE, 1);
        assertThat(responses.bodyFraming(new Exchange(Exchange.Kind.USUAL, List.of(), null)))
                .isEqualTo(7);
        assertThat(responses.bodyFraming(new Exchange(Exchange.Kind.HEAD, List.of(), null)))
                .isZero();
        feed(new HeadCollector(responses), Messages.NOT_MODIFIED, 1);
        assertThat(responses.bodyFraming(new Exchange(Exchange.Kind.USUAL, List.of(), null)))
                .isZero();
    }

    private static int feed(HeadCollector collector, String text, int split) {
        ByteBuf in = bytes(text);
        int end = collector.feed(in, 0, split);
        return end == HeadParser.INCOMPLETE && split < text.length() ? collector.feed(in, split, text.length()) : end;
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
    }
}

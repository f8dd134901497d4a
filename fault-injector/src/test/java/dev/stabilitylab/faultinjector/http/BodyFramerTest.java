package dev.stabilitylab.faultinjector.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyFramerTest {

    private static final String CHUNKED = "4;x=\"y\"\r\nWiki\r\n5 \r\npedia\r\n0\r\nT: z\r\nU: z\r\n\r\n";

    private final BodyFramer framer = new BodyFramer();
    private final StringBuilder content = new StringBuilder();

    /** Returns how many bytes belong to the body; bytes come in two parts. */
    private int read(long framing, String text, int split) {
        framer.start(framing);
        content.setLength(0);
        ByteBuf in = Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
        int first = goOver(in, 0, split);
        return first < split ? first : goOver(in, split, text.length());
    }

    private int goOver(ByteBuf in, int from, int to) {
        int at = from;
        while (at < to && !framer.isDone() && !framer.isBroken()) {
            int next = framer.advance(in, at, to, 3);
            if (framer.wasContent()) {
                content.append(in.toString(at, next - at, StandardCharsets.ISO_8859_1));
            }
            at = next;
        }
        return at;
    }

    @Test
    void findsTheEndOfABodyInChunksHoweverItComes() {
        for (int split = 0; split <= CHUNKED.length(); split++) {
            int length = read(BodyFramer.CHUNKED, CHUNKED + "HTTP/1.1 200", split);

            assertThat(length).isEqualTo(CHUNKED.length());
            assertThat(framer.isDone()).isTrue();
            assertThat(content).hasToString("Wikipedia");
        }
    }

    @Test
    void findsTheEndOfABodyWithALength() {
        for (int split = 0; split <= 7; split++) {
            assertThat(read(5, "helloHT", split)).isEqualTo(5);
            assertThat(framer.isDone()).isTrue();
            assertThat(content).hasToString("hello");
        }
    }

    @Test
    void takesABodyWithoutALengthToTheEndOfTheConnection() {
        assertThat(read(BodyFramer.UNTIL_CLOSE, "hello", 2)).isEqualTo(5);
        assertThat(framer.isDone()).isFalse();
        assertThat(content).hasToString("hello");
    }

    @Test
    void hasNothingToReadOfAnEmptyBody() {
        assertThat(read(0, "HTTP", 2)).isZero();
        assertThat(framer.isDone()).isTrue();
    }

    @Test
    void goesNoFurtherThanItMay() {
        ByteBuf in = Unpooled.copiedBuffer("hello", StandardCharsets.ISO_8859_1);
        framer.start(5);

        assertThat(framer.advance(in, 0, 5, 0)).isZero();
        assertThat(framer.advance(in, 0, 5, 2)).isEqualTo(2);
        assertThat(framer.advance(in, 2, 5, Long.MAX_VALUE)).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x\r\n",
                "\r\n",
                "-1\r\n",
                ";x\r\n",
                "1\rx",
                "1\r\nab\r\n",
                "1\r\na\rx",
                "1\r\na1\r\n",
                "1x\r\n",
                "1\n",
                "1;x\n",
                "1;x\ry",
                "1\r\na\n",
                "0\r\n\n",
                "0\r\nT: z\n",
                "0\r\nT: y\rz\r\n",
                "1234567890123456\r\n"
            })
    void breaksOffWhereThereIsNoChunk(String text) {
        for (int split = 0; split <= text.length(); split++) {
            read(BodyFramer.CHUNKED, text, split);

            assertThat(framer.isBroken()).isTrue();
        }
    }

    @Test
    void breaksOffWhereALineDoesNotEnd() {
        read(BodyFramer.CHUNKED, "1;" + "x".repeat(70_000), 9);
        assertThat(framer.isBroken()).isTrue();

        read(BodyFramer.CHUNKED, "0\r\n" + "x: y\r\n".repeat(20_000), 9);
        assertThat(framer.isBroken()).isTrue();
    }
}

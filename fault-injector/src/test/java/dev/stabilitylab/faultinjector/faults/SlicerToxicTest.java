package dev.stabilitylab.faultinjector.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SlicerToxicTest {

    @Test
    void cutsIntoPiecesOfTheAverageSize() {
        ToxicChannel channel = new ToxicChannel("slicer", Map.of("average_size", 4));

        channel.receive("abcdefghij");

        assertThat(channel.passedPieces()).containsExactly("abcd", "efgh", "ij");
    }

    @Test
    void waitsBetweenTwoPieces() {
        ToxicChannel channel = new ToxicChannel("slicer", Map.of("average_size", 4, "delay", 2_000));

        channel.receive("abcdefghij");
        String atOnce = channel.passed();
        channel.advance(1);
        String early = channel.passed();
        channel.advance(1);
        String then = channel.passed();
        channel.advance(2);

        assertThat(List.of(atOnce, early, then, channel.passed())).containsExactly("abcd", "", "efgh", "ij");
    }

    @Test
    void waitsBetweenTwoChunksToo() {
        ToxicChannel channel = new ToxicChannel("slicer", Map.of("average_size", 4, "delay", 2_000));

        channel.receive("ab");
        channel.receive("cd");

        assertThat(channel.passed()).isEqualTo("ab");
        channel.advance(2);
        assertThat(channel.passed()).isEqualTo("cd");
    }

    @Test
    void spreadsTheSizeOverTheVariationOnBothSides() {
        ToxicChannel channel = new ToxicChannel("slicer", Map.of("average_size", 100, "size_variation", 20));
        channel.receive(Unpooled.wrappedBuffer(new byte[200_000]));

        List<String> pieces = channel.passedPieces();

        // The last one is what was left.
        IntStream sizes = pieces.subList(0, pieces.size() - 1).stream().mapToInt(String::length);
        assertThat(sizes.summaryStatistics())
                .satisfies(found -> assertThat(found.getMin()).isEqualTo(80))
                .satisfies(found -> assertThat(found.getMax()).isEqualTo(120))
                .satisfies(found -> assertThat(found.getAverage()).isBetween(98.0, 102.0));
    }

    @Test
    void leavesChunksWholeWithoutASize() {
        ToxicChannel channel = new ToxicChannel("slicer", Map.of());

        channel.receive("abcdefghij");

        assertThat(channel.passedPieces()).containsExactly("abcdefghij");
    }

    @Test
    void makesNoEmptyPiecesWhenTheVariationIsLargerThanTheSize() {
        ToxicChannel channel = new ToxicChannel("slicer", Map.of("average_size", 1, "size_variation", 50));

        channel.receive("abcdefghij");

        assertThat(channel.passedPieces())
                .doesNotContain("")
                .allSatisfy(piece -> assertThat(piece).isNotEmpty());
    }

    @Test
    void losesNothingWhenItIsReplacedInTheMiddleOfAChunk() {
        ToxicChannel channel = new ToxicChannel("slicer", Map.of("average_size", 4, "delay", 2_000));
        channel.receive("abcdefghij");
        channel.advance(2);

        channel.replace(ToxicChannel.toxic("slicer", Map.of("average_size", 1)));

        assertThat(channel.passed()).isEqualTo("abcdefghij");
    }
}

package dev.stabilitylab.faultinjector.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stabilitylab.faultinjector.toxic.Signal;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ConnectionLifetimeToxicTest {

    private static final String TYPE = "connection_lifetime";

    @Test
    void closesTheConnectionWhenItsTimeIsOver() {
        ToxicChannel channel = new ToxicChannel(TYPE, Map.of("lifetime", 500));

        channel.advance(499);
        int before = channel.events().size();
        channel.advance(1);

        assertThat(before).isZero();
        assertThat(channel.events()).containsExactly(Signal.CLOSE);
    }

    @Test
    void passesWhateverComesUntilThen() {
        ToxicChannel channel = new ToxicChannel(TYPE, Map.of("lifetime", 500));

        channel.receive("a");
        channel.advance(499);
        channel.receive("b");

        assertThat(channel.passed()).isEqualTo("ab");
    }

    @Test
    void isNotProlongedByWhatPasses() {
        ToxicChannel channel = new ToxicChannel(TYPE, Map.of("lifetime", 500));

        channel.advance(499);
        channel.receive("a");
        channel.advance(1);

        assertThat(channel.events()).containsExactly(Signal.CLOSE);
    }

    @Test
    void dropsWhatComesAfterIt() {
        ToxicChannel channel = new ToxicChannel(TYPE, Map.of("lifetime", 500));
        ByteBuf late = Unpooled.copiedBuffer(new byte[8]);

        channel.advance(500);
        channel.receive(late);

        assertThat(channel.passed()).isEmpty();
        assertThat(late.refCnt()).isZero();
        assertThat(channel.events()).containsExactly(Signal.CLOSE);
    }

    @Test
    void closesAtOnceByDefault() {
        ToxicChannel channel = new ToxicChannel(TYPE, Map.of());

        channel.advance(0);

        assertThat(channel.events()).containsExactly(Signal.CLOSE);
    }

    @Test
    void countsFromTheBeginningWhenItIsProlonged() {
        ToxicChannel channel = new ToxicChannel(TYPE, Map.of("lifetime", 500));
        channel.advance(400);

        channel.replace(ToxicChannel.toxic(TYPE, Map.of("lifetime", 1_000)));
        channel.advance(599);
        int before = channel.events().size();
        channel.advance(1);

        assertThat(before).isZero();
        assertThat(channel.events()).containsExactly(Signal.CLOSE);
    }

    @Test
    void countsFromTheBeginningAlsoWhenItIsChangedTwice() {
        ToxicChannel channel = new ToxicChannel(TYPE, Map.of("lifetime", 500));
        channel.advance(100);
        channel.replace(ToxicChannel.toxic(TYPE, Map.of("lifetime", 1_000)));
        channel.advance(200);

        channel.replace(ToxicChannel.toxic(TYPE, Map.of("lifetime", 400)));
        channel.advance(99);
        int before = channel.events().size();
        channel.advance(1);

        assertThat(before).isZero();
        assertThat(channel.events()).containsExactly(Signal.CLOSE);
    }

    @Test
    void closesAtOnceWhenItIsShortenedBelowTheAgeOfTheConnection() {
        ToxicChannel channel = new ToxicChannel(TYPE, Map.of("lifetime", 500));
        channel.advance(400);

        channel.replace(ToxicChannel.toxic(TYPE, Map.of("lifetime", 300)));
        channel.advance(0);

        assertThat(channel.events()).containsExactly(Signal.CLOSE);
    }

    @Test
    void leavesTheConnectionAloneWhenItIsLiftedInTime() {
        ToxicChannel channel = new ToxicChannel(TYPE, Map.of("lifetime", 500));
        channel.advance(499);

        channel.lift();
        channel.advance(500);
        channel.receive("a");

        assertThat(channel.events()).isEmpty();
        assertThat(channel.passed()).isEqualTo("a");
    }

    @Test
    void drawsLifetimesFromTheWholeRangeAndNothingElse() {
        ConnectionLifetimeToxic toxic = new ConnectionLifetimeToxic(100, 5);
        SplittableRandom random = new SplittableRandom(1);

        long[] drawn = LongStream.generate(() -> toxic.drawMillis(random))
                .limit(1_000)
                .distinct()
                .sorted()
                .toArray();

        assertThat(drawn).containsExactly(LongStream.rangeClosed(95, 105).toArray());
    }

    @Test
    void drawsNoLifetimeBelowZero() {
        ConnectionLifetimeToxic toxic = new ConnectionLifetimeToxic(1, 100);
        SplittableRandom random = new SplittableRandom(1);

        assertThat(LongStream.generate(() -> toxic.drawMillis(random)).limit(1_000))
                .allMatch(millis -> millis >= 0);
    }
}

package dev.stabilitylab.faultinjector.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stabilitylab.faultinjector.toxic.Delay;
import dev.stabilitylab.faultinjector.toxic.Shaper;
import dev.stabilitylab.faultinjector.toxic.Signal;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LatencyToxicTest {

    @Test
    void holdsAChunkForTheLatency() {
        ToxicChannel channel = new ToxicChannel("latency", Map.of("latency", 200));

        channel.receive("late");
        channel.advance(199);
        String before = channel.passed();
        channel.advance(1);

        assertThat(before).isEmpty();
        assertThat(channel.passed()).isEqualTo("late");
    }

    @Test
    void countsTheTimeThatAChunkHasWaitedAlreadyWhenTheLatencyIsLowered() {
        ToxicChannel channel = new ToxicChannel("latency", Map.of("latency", 2_000));
        channel.receive("due");
        channel.advance(600);
        channel.receive("soon");
        channel.advance(900);

        channel.replace(ToxicChannel.toxic("latency", Map.of("latency", 1_000)));

        assertThat(channel.passed()).isEqualTo("due");
        channel.advance(99);
        assertThat(channel.passed()).isEmpty();
        channel.advance(1);
        assertThat(channel.passed()).isEqualTo("soon");
    }

    @Test
    void holdsAChunkLongerWhenTheLatencyIsRaised() {
        ToxicChannel channel = new ToxicChannel("latency", Map.of("latency", 1_000));
        channel.receive("late");
        channel.advance(500);

        channel.replace(ToxicChannel.toxic("latency", Map.of("latency", 2_000)));
        channel.receiveEnd();
        channel.advance(1_499);

        assertThat(channel.passed()).isEmpty();
        assertThat(channel.events()).isEmpty();
        channel.advance(1);
        assertThat(channel.passed()).isEqualTo("late");
        assertThat(channel.events()).containsExactly(ChannelInputShutdownEvent.INSTANCE);
    }

    @Test
    void delaysEachChunkFromItsOwnArrival() {
        ToxicChannel channel = new ToxicChannel("latency", Map.of("latency", 200));

        channel.receive("a");
        channel.advance(150);
        channel.receive("b");
        channel.advance(50);
        String first = channel.passed();
        channel.advance(150);

        assertThat(first).isEqualTo("a");
        assertThat(channel.passed()).isEqualTo("b");
    }

    @Test
    void neverLetsAChunkOvertakeAnother() {
        long[] delays = {100, 10, 50};
        int[] next = {0};
        ToxicChannel channel = new ToxicChannel((piece, arrival) -> arrival + delays[next[0]++] * 1_000_000);

        channel.receive("a");
        channel.receive("b");
        channel.receive("c");
        channel.advance(99);
        String before = channel.passed();
        channel.advance(1);

        assertThat(before).isEmpty();
        assertThat(channel.passed()).isEqualTo("abc");
    }

    @Test
    void holdsFewerBytesInSmallChunksThanInLargeOnes() {
        ToxicChannel channel = new ToxicChannel("latency", Map.of("latency", 1_000));
        int chunks = Shaper.MAX_CAPACITY / 200;

        for (int i = 0; i < chunks; i++) {
            channel.receive("x");
        }
        int before = channel.demands();
        channel.demand();

        assertThat(channel.demands()).isEqualTo(before);
        channel.close();
    }

    @Test
    void passesTheEndBehindTheLastChunk() {
        ToxicChannel channel = new ToxicChannel("latency", Map.of("latency", 200));

        channel.receive("last");
        channel.receiveEnd();
        List<Object> before = List.copyOf(channel.events());
        channel.advance(200);

        assertThat(before).isEmpty();
        assertThat(channel.passed()).isEqualTo("last");
        assertThat(channel.events()).containsExactly(ChannelInputShutdownEvent.INSTANCE);
    }

    @ParameterizedTest
    @EnumSource
    void passesASignalBehindTheLastChunk(Signal signal) {
        ToxicChannel channel = new ToxicChannel("latency", Map.of("latency", 200));

        channel.receive("last");
        channel.receive(signal);
        List<Object> before = List.copyOf(channel.events());
        channel.advance(200);

        assertThat(before).isEmpty();
        assertThat(channel.passed()).isEqualTo("last");
        assertThat(channel.events()).containsExactly(signal);
    }

    @ParameterizedTest
    @EnumSource(names = {"CLOSE", "RESET"})
    void dropsWhatComesWhenTheConnectionIsOver(Signal signal) {
        ToxicChannel channel = new ToxicChannel("latency", Map.of("latency", 200));
        ByteBuf late = Unpooled.copiedBuffer(new byte[8]);
        channel.receive("last");
        channel.receive(signal);
        int before = channel.demands();

        channel.receive(late);
        channel.receiveEnd();
        channel.demand();
        channel.advance(200);

        assertThat(late.refCnt()).isZero();
        assertThat(channel.demands()).isEqualTo(before);
        assertThat(channel.passed()).isEqualTo("last");
        assertThat(channel.events()).containsExactly(signal);
    }

    @Test
    void letsGoOfASignalInItsPlaceWhenItIsLifted() {
        ToxicChannel channel = new ToxicChannel("latency", Map.of("latency", 86_400_000));
        channel.receive("last");
        channel.receive(Signal.RESET);

        channel.lift();

        assertThat(channel.passed()).isEqualTo("last");
        assertThat(channel.events()).containsExactly(Signal.RESET);
    }

    @Test
    void releasesWhatItHoldsWhenItIsLifted() {
        ToxicChannel channel = new ToxicChannel("latency", Map.of("latency", 86_400_000));
        channel.receive("a");
        channel.receive("b");

        channel.lift();

        assertThat(channel.passed()).isEqualTo("ab");
    }

    @Test
    void handsWhatItHoldsToTheHandlerThatTakesItsPlace() {
        ToxicChannel channel = new ToxicChannel("latency", Map.of("latency", 10_000));
        channel.receive("a");

        channel.replace(new LatencyToxic(new Delay(50, 0, 0)));
        String before = channel.passed();
        channel.advance(50);

        assertThat(before).isEmpty();
        assertThat(channel.passed()).isEqualTo("a");
    }

    @Test
    void makesTheSenderWaitWhenItHoldsTooMuch() {
        ToxicChannel channel = new ToxicChannel("latency", Map.of("latency", 100));
        int before = channel.demands();

        channel.receive(Unpooled.wrappedBuffer(new byte[Shaper.MAX_CAPACITY]));
        channel.demand();
        int whileFull = channel.demands();
        channel.advance(100);
        channel.passed();

        assertThat(whileFull).isEqualTo(before);
        assertThat(channel.demands()).isGreaterThan(before);
    }

    @Test
    void goesOnHoldingWhatIsDueWhileNobodyTakesIt() {
        ToxicChannel channel = new ToxicChannel("latency", Map.of("latency", 100));
        channel.stopDemanding();
        channel.receive("a");
        channel.receive("b");
        channel.receiveEnd();

        channel.advance(100);
        String first = channel.passed();
        channel.advance(100);
        String second = channel.passed();
        List<Object> before = List.copyOf(channel.events());
        channel.demand();

        assertThat(first).isEqualTo("a");
        assertThat(second).isEmpty();
        assertThat(before).isEmpty();
        assertThat(channel.passed()).isEqualTo("b");
        assertThat(channel.events()).containsExactly(ChannelInputShutdownEvent.INSTANCE);
    }

    @Test
    void dropsWhatItHoldsWhenTheConnectionCloses() {
        ToxicChannel channel = new ToxicChannel("latency", Map.of("latency", 100));
        ByteBuf chunk = Unpooled.copiedBuffer(new byte[8]);
        channel.receive(chunk);

        channel.close();

        assertThat(chunk.refCnt()).isZero();
    }
}

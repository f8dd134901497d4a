package dev.stabilitylab.faultinjector.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BandwidthToxicTest {

    @Test
    void passesAChunkWhenTheTimeToSendItIsOver() {
        ToxicChannel channel = new ToxicChannel("bandwidth", Map.of("rate", 1));

        channel.receive("12345");
        channel.advance(4);
        String before = channel.passed();
        channel.advance(1);

        assertThat(before).isEmpty();
        assertThat(channel.passed()).isEqualTo("12345");
    }

    @Test
    void passesAsManyBytesAMilliAsTheRateIs() {
        ToxicChannel channel = new ToxicChannel("bandwidth", Map.of("rate", 10));
        channel.receive(Unpooled.wrappedBuffer(new byte[20_000]));

        int passed = 0;
        for (int milli = 1; milli <= 2_000; milli++) {
            channel.advance(1);
            passed += channel.passed().length();
            // Never more than the rate allows, and at most the piece behind that is under way.
            assertThat(passed).isBetween(10 * milli - 100, 10 * milli);
        }

        assertThat(passed).isEqualTo(20_000);
    }

    @Test
    void doesNotSaveUpWhileNothingComes() {
        ToxicChannel channel = new ToxicChannel("bandwidth", Map.of("rate", 1));
        channel.receive("1");
        channel.advance(10_000);
        channel.passed();

        channel.receive("12345");
        channel.advance(4);

        assertThat(channel.passed()).isEmpty();
    }

    @Test
    void makesUpForATimerThatCameLate() {
        ToxicChannel channel = new ToxicChannel("bandwidth", Map.of("rate", 10));
        channel.receive(Unpooled.wrappedBuffer(new byte[1_000]));

        channel.advance(45);

        assertThat(channel.passed()).hasSize(400);
    }

    @Test
    void letsNothingPassAtARateOfZero() {
        ToxicChannel channel = new ToxicChannel("bandwidth", Map.of());

        channel.receive("a");
        channel.receiveEnd();
        channel.advance(86_400_000);

        assertThat(channel.passed()).isEmpty();
        assertThat(channel.events()).isEmpty();
    }

    @Test
    void passesTheEndBehindTheLastByte() {
        ToxicChannel channel = new ToxicChannel("bandwidth", Map.of("rate", 1));
        channel.receive("12345");
        channel.receiveEnd();

        channel.advance(4);
        int before = channel.events().size();
        channel.advance(1);

        assertThat(before).isZero();
        assertThat(channel.passed()).isEqualTo("12345");
        assertThat(channel.events()).containsExactly(ChannelInputShutdownEvent.INSTANCE);
    }

    @Test
    void losesNothingWhenItIsLiftedInTheMiddleOfAChunk() {
        ToxicChannel channel = new ToxicChannel("bandwidth", Map.of("rate", 1));
        channel.receive("abcdefghijklmnopqrstuvwxyz");
        channel.receiveEnd();
        channel.advance(10);

        channel.lift();

        assertThat(channel.passed()).isEqualTo("abcdefghijklmnopqrstuvwxyz");
        assertThat(channel.events()).containsExactly(ChannelInputShutdownEvent.INSTANCE);
    }

    @Test
    void makesTheSenderWaitWhenALotIsHeld() {
        ToxicChannel channel = new ToxicChannel("bandwidth", Map.of("rate", 1));
        int before = channel.demands();

        channel.receive(Unpooled.wrappedBuffer(new byte[64 * 1024]));
        channel.demand();
        int whileFull = channel.demands();
        // A chunk costs a little more than its bytes, which takes some pieces to be made up for.
        channel.advance(200 + 10);
        channel.passed();

        assertThat(whileFull).isEqualTo(before);
        assertThat(channel.demands()).isGreaterThan(before);
        channel.close();
    }
}

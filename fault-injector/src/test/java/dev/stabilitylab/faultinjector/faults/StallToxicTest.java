package dev.stabilitylab.faultinjector.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stabilitylab.faultinjector.toxic.Shaper;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StallToxicTest {

    @Test
    void passesSoManyBytesAndThenNothing() {
        ToxicChannel channel = new ToxicChannel("stall", Map.of("bytes", 5));

        channel.receive("abc");
        channel.receive("defg");
        channel.receive("h");
        channel.advance(86_400_000);

        assertThat(channel.passed()).isEqualTo("abcde");
        assertThat(channel.events()).isEmpty();
    }

    @Test
    void passesNothingByDefault() {
        ToxicChannel channel = new ToxicChannel("stall", Map.of());

        channel.receive("a");

        assertThat(channel.passed()).isEmpty();
    }

    @Test
    void letsAShorterStreamEnd() {
        ToxicChannel channel = new ToxicChannel("stall", Map.of("bytes", 5));

        channel.receive("abcd");
        channel.receiveEnd();

        assertThat(channel.passed()).isEqualTo("abcd");
        assertThat(channel.events()).hasSize(1);
    }

    @Test
    void holdsTheEndBackToo() {
        ToxicChannel channel = new ToxicChannel("stall", Map.of("bytes", 4));

        channel.receive("abcd");
        channel.receiveEnd();
        channel.advance(86_400_000);

        assertThat(channel.passed()).isEqualTo("abcd");
        assertThat(channel.events()).isEmpty();
    }

    @Test
    void givesEverythingBackInOrderWhenItIsLifted() {
        ToxicChannel channel = new ToxicChannel("stall", Map.of("bytes", 2));
        channel.receive("abcd");
        channel.receive("ef");
        channel.receiveEnd();

        channel.lift();

        assertThat(channel.passed()).isEqualTo("abcdef");
        assertThat(channel.events()).hasSize(1);
    }

    @Test
    void countsAnewWhenItIsChanged() {
        ToxicChannel channel = new ToxicChannel("stall", Map.of("bytes", 2));
        channel.receive("abcdefgh");

        channel.replace(ToxicChannel.toxic("stall", Map.of("bytes", 3)));

        assertThat(channel.passed()).isEqualTo("abcde");
    }

    @Test
    void keepsTheSenderWaitingWhenMuchIsHeld() {
        ToxicChannel channel = new ToxicChannel("stall", Map.of());
        channel.receive("x".repeat(Shaper.MAX_CAPACITY));
        int before = channel.demands();

        channel.demand();

        assertThat(channel.demands()).isEqualTo(before);
        channel.close();
    }
}

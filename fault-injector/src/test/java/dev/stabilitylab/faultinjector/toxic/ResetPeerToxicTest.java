package dev.stabilitylab.faultinjector.toxic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ResetPeerToxicTest {

    @Test
    void resetsAtOnceByDefault() {
        ToxicChannel channel = new ToxicChannel(ResetPeerToxic.TYPE, Map.of());

        channel.advance(0);

        assertThat(channel.events()).containsExactly(Signal.RESET);
    }

    @Test
    void resetsAfterTheTimeoutAndDropsWhatComesUntilThen() {
        ToxicChannel channel = new ToxicChannel(ResetPeerToxic.TYPE, Map.of("timeout", 100));

        channel.receive("a");
        channel.advance(99);
        int before = channel.events().size();
        channel.advance(1);

        assertThat(before).isZero();
        assertThat(channel.passed()).isEmpty();
        assertThat(channel.events()).containsExactly(Signal.RESET);
    }

    @Test
    void leavesTheConnectionAloneWhenItIsLiftedBeforeItDidAnyHarm() {
        ToxicChannel channel = new ToxicChannel(ResetPeerToxic.TYPE, Map.of("timeout", 100));

        channel.lift();
        channel.advance(100);
        channel.receive("a");

        assertThat(channel.events()).isEmpty();
        assertThat(channel.passed()).isEqualTo("a");
    }

    @Test
    void resetsWhenItIsLiftedAfterBytesWereLost() {
        ToxicChannel channel = new ToxicChannel(ResetPeerToxic.TYPE, Map.of("timeout", 100));
        channel.receive("a");

        channel.lift();

        assertThat(channel.events()).containsExactly(Signal.RESET);
    }
}

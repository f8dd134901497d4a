package dev.stabilitylab.faultinjector.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stabilitylab.faultinjector.toxic.Signal;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResetPeerToxicTest {

    @Test
    void resetsAtTheFirstByteByDefault() {
        ToxicChannel channel = new ToxicChannel("reset_peer", Map.of());
        channel.advance(86_400_000);
        int before = channel.events().size();

        channel.receive("a");
        channel.advance(0);

        assertThat(before).isZero();
        assertThat(channel.events()).containsExactly(Signal.RESET);
    }

    @Test
    void resetsAtTheEndWhenNoByteCameBefore() {
        ToxicChannel channel = new ToxicChannel("reset_peer", Map.of());

        channel.receiveEnd();
        channel.advance(0);

        assertThat(channel.events()).contains(Signal.RESET);
    }

    @Test
    void countsFromTheChangeWhenItIsChangedAfterBytesWereLost() {
        ToxicChannel channel = new ToxicChannel("reset_peer", Map.of("timeout", 1_000));
        channel.receive("a");
        channel.advance(500);

        channel.replace(ToxicChannel.toxic("reset_peer", Map.of("timeout", 100)));
        channel.advance(99);
        int before = channel.events().size();
        channel.advance(1);

        assertThat(before).isZero();
        assertThat(channel.events()).containsExactly(Signal.RESET);
    }

    @Test
    void resetsAfterTheTimeoutAndDropsWhatComesUntilThen() {
        ToxicChannel channel = new ToxicChannel("reset_peer", Map.of("timeout", 100));

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
        ToxicChannel channel = new ToxicChannel("reset_peer", Map.of("timeout", 100));

        channel.lift();
        channel.advance(100);
        channel.receive("a");

        assertThat(channel.events()).isEmpty();
        assertThat(channel.passed()).isEqualTo("a");
    }

    @Test
    void resetsWhenItIsLiftedAfterBytesWereLost() {
        ToxicChannel channel = new ToxicChannel("reset_peer", Map.of("timeout", 100));
        channel.receive("a");

        channel.lift();

        assertThat(channel.events()).containsExactly(Signal.RESET);
    }
}

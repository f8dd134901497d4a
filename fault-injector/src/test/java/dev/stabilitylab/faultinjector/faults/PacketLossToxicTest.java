package dev.stabilitylab.faultinjector.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PacketLossToxicTest {

    private static final int CHUNKS = 10_000;

    @Test
    void dropsNothingByDefault() {
        assertThat(passed(Map.of())).isEqualTo("x".repeat(CHUNKS));
    }

    @Test
    void dropsEverythingAtARateOfOne() {
        assertThat(passed(Map.of("loss_rate", 1))).isEmpty();
    }

    /** 7,000 expected, with a standard deviation of 46. */
    @Test
    void dropsTheShareThatIsAskedFor() {
        assertThat(passed(Map.of("loss_rate", 0.3))).hasSizeBetween(6_800, 7_200);
    }

    /** The share of losses p solves p = rate + correlation · p, here 0.1 / (1 - 0.8) = 0.5. */
    @Test
    void losesInBurstsWhenLossesAreCorrelated() {
        assertThat(passed(Map.of("loss_rate", 0.1, "correlation", 0.8))).hasSizeBetween(4_300, 5_700);
    }

    @Test
    void asksForMoreWhenNobodyBehindItSawAnything() {
        ToxicChannel channel = new ToxicChannel("packet_loss", Map.of("loss_rate", 1));
        int before = channel.demands();

        channel.receive("lost");

        assertThat(channel.demands()).isGreaterThan(before);
    }

    @Test
    void passesTheEnd() {
        ToxicChannel channel = new ToxicChannel("packet_loss", Map.of("loss_rate", 1));

        channel.receive("lost");
        channel.receiveEnd();

        assertThat(channel.events()).containsExactly(ChannelInputShutdownEvent.INSTANCE);
    }

    private static String passed(Map<String, ?> attributes) {
        ToxicChannel channel = new ToxicChannel("packet_loss", attributes);
        for (int i = 0; i < CHUNKS; i++) {
            channel.receive("x");
        }
        String passed = channel.passed();
        channel.close();
        return passed;
    }
}

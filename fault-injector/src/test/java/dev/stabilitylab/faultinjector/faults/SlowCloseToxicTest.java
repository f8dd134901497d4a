package dev.stabilitylab.faultinjector.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SlowCloseToxicTest {

    @Test
    void passesBytesAtOnce() {
        ToxicChannel channel = new ToxicChannel("slow_close", Map.of("delay", 500));

        channel.receive("a");

        assertThat(channel.passed()).isEqualTo("a");
    }

    @Test
    void passesTheEndAfterTheDelay() {
        ToxicChannel channel = new ToxicChannel("slow_close", Map.of("delay", 500));

        channel.receiveEnd();
        channel.advance(499);
        int before = channel.events().size();
        channel.advance(1);

        assertThat(before).isZero();
        assertThat(channel.events()).containsExactly(ChannelInputShutdownEvent.INSTANCE);
    }

    @Test
    void passesTheEndAtOnceWhenItIsLifted() {
        ToxicChannel channel = new ToxicChannel("slow_close", Map.of("delay", 500));
        channel.receiveEnd();

        channel.lift();

        assertThat(channel.events()).containsExactly(ChannelInputShutdownEvent.INSTANCE);
    }
}

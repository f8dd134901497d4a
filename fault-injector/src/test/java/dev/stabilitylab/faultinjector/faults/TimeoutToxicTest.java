package dev.stabilitylab.faultinjector.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stabilitylab.faultinjector.toxic.Signal;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TimeoutToxicTest {

    @Test
    void dropsWhateverComes() {
        ToxicChannel channel = new ToxicChannel("timeout", Map.of());
        ByteBuf chunk = Unpooled.copiedBuffer(new byte[8]);

        channel.receive(chunk);
        channel.advance(86_400_000);

        assertThat(channel.passed()).isEmpty();
        assertThat(chunk.refCnt()).isZero();
        assertThat(channel.events()).isEmpty();
    }

    @Test
    void goesOnReadingSoThatTheSenderNoticesNothing() {
        ToxicChannel channel = new ToxicChannel("timeout", Map.of());
        int before = channel.demands();

        channel.receive("a");

        assertThat(channel.demands()).isGreaterThan(before);
    }

    @Test
    void closesTheConnectionAfterTheTimeout() {
        ToxicChannel channel = new ToxicChannel("timeout", Map.of("timeout", 500));

        channel.advance(499);
        int before = channel.events().size();
        channel.advance(1);

        assertThat(before).isZero();
        assertThat(channel.events()).containsExactly(Signal.CLOSE);
    }

    @Test
    void withholdsTheEnd() {
        ToxicChannel channel = new ToxicChannel("timeout", Map.of());

        channel.receiveEnd();

        assertThat(channel.events()).containsExactly(Signal.END_WITHHELD);
    }

    @ParameterizedTest
    @EnumSource(names = {"CLOSE", "RESET"})
    void withholdsTheEndThatAnotherToxicMakes(Signal signal) {
        ToxicChannel channel = new ToxicChannel("timeout", Map.of());

        channel.receive(signal);

        assertThat(channel.events()).containsExactly(Signal.END_WITHHELD);
    }

    @Test
    void closesTheConnectionWhenItIsLifted() {
        ToxicChannel channel = new ToxicChannel("timeout", Map.of());

        channel.lift();

        assertThat(channel.events()).containsExactly(Signal.CLOSE);
    }

    @Test
    void forgetsItsTimerWhenItsSettingsChange() {
        ToxicChannel channel = new ToxicChannel("timeout", Map.of("timeout", 500));

        channel.replace(ToxicChannel.toxic("timeout", Map.of()));
        channel.advance(500);

        assertThat(channel.events()).isEmpty();
    }
}

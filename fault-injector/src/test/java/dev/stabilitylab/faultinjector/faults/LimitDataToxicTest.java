package dev.stabilitylab.faultinjector.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stabilitylab.faultinjector.toxic.Signal;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LimitDataToxicTest {

    @Test
    void passesWhatIsBelowTheLimit() {
        ToxicChannel channel = new ToxicChannel("limit_data", Map.of("bytes", 5));

        channel.receive("abcd");

        assertThat(channel.passed()).isEqualTo("abcd");
        assertThat(channel.events()).isEmpty();
    }

    @Test
    void closesWhenTheLimitIsReached() {
        ToxicChannel channel = new ToxicChannel("limit_data", Map.of("bytes", 5));

        channel.receive("abcde");

        assertThat(channel.passed()).isEqualTo("abcde");
        assertThat(channel.events()).containsExactly(Signal.CLOSE);
    }

    @Test
    void cutsTheChunkThatGoesOverTheLimitAndDropsTheRest() {
        ToxicChannel channel = new ToxicChannel("limit_data", Map.of("bytes", 5));
        ByteBuf late = Unpooled.copiedBuffer(new byte[8]);

        channel.receive("abc");
        channel.receive("defg");
        channel.receive(late);

        assertThat(channel.passed()).isEqualTo("abcde");
        assertThat(late.refCnt()).isZero();
        assertThat(channel.events()).containsExactly(Signal.CLOSE);
    }

    @Test
    void closesAtTheFirstByteWithALimitOfZero() {
        ToxicChannel channel = new ToxicChannel("limit_data", Map.of());
        int before = channel.events().size();

        channel.receive("a");

        assertThat(before).isZero();
        assertThat(channel.passed()).isEmpty();
        assertThat(channel.events()).containsExactly(Signal.CLOSE);
    }

    @Test
    void remembersWhatPassedWhenTheLimitIsChanged() {
        ToxicChannel channel = new ToxicChannel("limit_data", Map.of("bytes", 5));
        channel.receive("abc");

        channel.replace(ToxicChannel.toxic("limit_data", Map.of("bytes", 4)));
        channel.receive("de");

        assertThat(channel.passed()).isEqualTo("abcd");
        assertThat(channel.events()).containsExactly(Signal.CLOSE);
    }
}

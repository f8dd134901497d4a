package dev.stabilitylab.faultinjector.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GateTest {

    private final List<String> passed = new ArrayList<>();
    private final StreamCounts counts = new StreamCounts();
    private final EmbeddedChannel channel = new EmbeddedChannel();

    GateTest() {
        channel.pipeline().addLast(new Gate()).addLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object message) {
                ByteBuf chunk = (ByteBuf) message;
                passed.add(chunk.toString(StandardCharsets.UTF_8));
                chunk.release();
            }

            @Override
            public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
                passed.add(event == ChannelInputShutdownEvent.INSTANCE ? "end" : event.toString());
            }
        });
    }

    @Test
    void passesNothingOnWhileItIsThere() {
        receiveBytesAndEnd();

        assertThat(passed).isEmpty();
        channel.finishAndReleaseAll();
    }

    @Test
    void closesAConnectionThatBreaksBeforeItLedAnywhere() {
        receiveBytesAndEnd();

        channel.pipeline().fireExceptionCaught(new IOException("Connection reset by peer"));

        assertThat(channel.isOpen()).isFalse();
        assertThatNoException().isThrownBy(channel::checkException);
        channel.finishAndReleaseAll();
    }

    @Test
    void passesEverythingOnInOrderWhenItIsOpened() {
        receiveBytesAndEnd();

        Gate.open(channel.pipeline(), counts);

        assertThat(passed).containsExactly("a", "b", "end");
    }

    @Test
    void passesAndCountsWhatIsReadOnceItIsOpen() {
        receiveBytesAndEnd();

        Gate.open(channel.pipeline(), counts);
        channel.writeInbound(chunk("ccc"));

        assertThat(passed).containsExactly("a", "b", "end", "ccc");
        assertThat(counts.received()).isEqualTo(5);
    }

    @Test
    void passesExceptionsOnOnceItIsOpen() {
        Gate.open(channel.pipeline(), counts);

        channel.pipeline().fireExceptionCaught(new IOException("Connection reset by peer"));

        assertThatThrownBy(channel::checkException).isInstanceOf(IOException.class);
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void passesOtherEventsOnAtOnce() {
        channel.pipeline().fireUserEventTriggered("other");

        assertThat(passed).containsExactly("other");
    }

    @Test
    void releasesWhatNobodyWillReadWhenTheChannelIsClosed() {
        ByteBuf chunk = chunk("a");
        channel.writeInbound(chunk);

        channel.close().syncUninterruptibly();

        assertThat(chunk.refCnt()).isZero();
        assertThat(passed).isEmpty();
    }

    private void receiveBytesAndEnd() {
        channel.writeInbound(chunk("a"), chunk("b"));
        channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    }

    private static ByteBuf chunk(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
    }
}

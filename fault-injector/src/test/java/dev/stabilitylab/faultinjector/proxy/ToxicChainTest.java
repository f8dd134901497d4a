package dev.stabilitylab.faultinjector.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stabilitylab.faultinjector.faults.ToxicTypes;
import dev.stabilitylab.faultinjector.toxic.Signal;
import dev.stabilitylab.faultinjector.toxic.ToxicHandler;
import dev.stabilitylab.faultinjector.toxic.ToxicType;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ToxicChainTest {

    private final List<Object> events = new ArrayList<>();
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final StreamCounts counts = new StreamCounts();
    private final ToxicChain chain = chain(1);

    private ToxicChain chain(long connection) {
        if (channel.pipeline().get(Relay.NAME) == null) {
            channel.pipeline().addLast(Relay.NAME, new ChannelInboundHandlerAdapter() {
                @Override
                public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
                    events.add(event);
                }
            });
        }
        return new ToxicChain(
                channel.pipeline(),
                Direction.DOWNSTREAM,
                ToxicChain.seed(1, "auth", connection),
                toxic -> Meters.of(toxic, counts));
    }

    @Test
    void keepsTheHandlersInTheOrderOfTheToxics() {
        chain.bringInLine(List.of(toxic("a", 1), toxic("c", 1)));

        chain.bringInLine(List.of(toxic("a", 1), toxic("b", 1), toxic("c", 1)));

        assertThat(channel.pipeline().names()).startsWith("toxic a", "toxic b", "toxic c", Relay.NAME);
    }

    @Test
    void skipsToxicsOfTheOtherDirection() {
        ToxicType type = ToxicTypes.find("latency").orElseThrow();

        chain.bringInLine(List.of(new AppliedToxic("a", type, Direction.UPSTREAM, 1, type.create(Map.of()))));

        assertThat(channel.pipeline().names()).startsWith(Relay.NAME);
    }

    @Test
    void leavesHandlersAloneWhoseToxicIsTheSame() {
        chain.bringInLine(List.of(toxic("a", 1)));
        ToxicHandler before = channel.pipeline().get(ToxicHandler.class);

        chain.bringInLine(List.of(toxic("a", 1), toxic("b", 1)));

        assertThat(channel.pipeline().get("toxic a")).isSameAs(before);
    }

    @Test
    void replacesTheHandlerWhenSettingsChange() {
        chain.bringInLine(List.of(timeout(0)));
        ToxicHandler before = channel.pipeline().get(ToxicHandler.class);

        chain.bringInLine(List.of(timeout(60_000)));

        assertThat(channel.pipeline().get("toxic t")).isNotNull().isNotSameAs(before);
        assertThat(events).isEmpty();
    }

    @Test
    void liftsAToxicThatIsGone() {
        chain.bringInLine(List.of(timeout(0)));

        chain.bringInLine(List.of());

        assertThat(events).containsExactly(Signal.CLOSE);
        assertThat(channel.pipeline().names()).startsWith(Relay.NAME);
    }

    @Test
    void leavesAClosedChannelAlone() {
        chain.bringInLine(List.of(timeout(0)));
        channel.finishAndReleaseAll();

        chain.bringInLine(List.of(timeout(60_000), toxic("a", 1)));
        chain.bringInLine(List.of());

        assertThat(channel.pipeline().get(ToxicHandler.class)).isNull();
        assertThat(counts.of("timeout").connections()).isEqualTo(1);
        assertThat(counts.of("latency").connections()).isZero();
    }

    @Test
    void goesNoFurtherWhenTakingAToxicOffClosesTheChannel() {
        chain.bringInLine(List.of(timeout(0)));
        channel.pipeline().addBefore(Relay.NAME, "closer", new ChannelInboundHandlerAdapter() {
            @Override
            public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
                ChannelFuture unused = ctx.channel().close();
                ctx.pipeline().fireChannelUnregistered();
            }
        });

        chain.bringInLine(List.of(toxic("a", 1)));

        assertThat(channel.pipeline().get(ToxicHandler.class)).isNull();
        assertThat(counts.of("latency").connections()).isZero();
    }

    @Test
    void drawsOncePerConnectionSoThatMoreToxicityOnlyAddsHits() {
        for (int connection = 0; connection < 50; connection++) {
            ToxicChain one = chain(connection);
            boolean hit = false;
            for (double toxicity : new double[] {0, 0.2, 0.4, 0.6, 0.8, 1}) {
                one.bringInLine(List.of(toxic("a", toxicity)));
                boolean hitNow = channel.pipeline().get("toxic a") != null;
                assertThat(hitNow || !hit).isTrue();
                hit = hitNow;
            }
            assertThat(hit).isTrue();
            one.bringInLine(List.of());
        }
    }

    @Test
    void countsAConnectionEachTimeAToxicTakesHoldOfIt() {
        chain.bringInLine(List.of(timeout(0), toxic("a", 0)));
        chain.bringInLine(List.of(timeout(60_000), toxic("a", 0)));
        chain.bringInLine(List.of());
        chain.bringInLine(List.of(timeout(0)));

        assertThat(counts.of("timeout").connections()).isEqualTo(2);
        // Its toxicity is 0, so it took hold of none.
        assertThat(counts.of("latency").connections()).isZero();
    }

    @Test
    void drawsTheSameForTheSameSeedProxyConnectionAndToxic() {
        assertThat(draw(1, "auth", 1, "latency")).isEqualTo(draw(1, "auth", 1, "latency"));
    }

    @Test
    void drawsOtherwiseForAnotherOfThem() {
        assertThat(new double[] {
                    draw(1, "auth", 1, "latency"),
                    draw(2, "auth", 1, "latency"),
                    draw(1, "popularity", 1, "latency"),
                    draw(1, "auth", 2, "latency"),
                    draw(1, "auth", 1, "timeout")
                })
                .doesNotHaveDuplicates();
    }

    @Test
    void drawsUniformlyOverConnections() {
        double[] draws = LongStream.range(0, 10_000)
                .mapToDouble(number -> draw(42, "auth", number, "latency"))
                .toArray();

        assertThat(draws).satisfies(all -> {
            for (int tenth = 0; tenth < 10; tenth++) {
                double from = tenth / 10.0;
                // 1000 expected, standard deviation 30.
                assertThat(Arrays.stream(all)
                                .filter(draw -> draw >= from && draw < from + 0.1)
                                .count())
                        .isBetween(850L, 1_150L);
            }
        });
    }

    private static double draw(long seed, String proxy, long connection, String toxic) {
        return ToxicChain.random(ToxicChain.seed(seed, proxy, connection), toxic)
                .nextDouble();
    }

    private static AppliedToxic toxic(String name, double toxicity) {
        ToxicType type = ToxicTypes.find("latency").orElseThrow();
        return new AppliedToxic(name, type, Direction.DOWNSTREAM, toxicity, type.create(Map.of("latency", 1)));
    }

    private static AppliedToxic timeout(long millis) {
        ToxicType type = ToxicTypes.find("timeout").orElseThrow();
        return new AppliedToxic("t", type, Direction.DOWNSTREAM, 1, type.create(Map.of("timeout", millis)));
    }
}

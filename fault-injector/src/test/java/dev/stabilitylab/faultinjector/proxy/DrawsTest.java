package dev.stabilitylab.faultinjector.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stabilitylab.faultinjector.faults.ToxicTypes;
import dev.stabilitylab.faultinjector.toxic.ToxicType;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What is drawn for connections: whether a toxic hits, and for how long it delays a chunk. */
class DrawsTest {

    private static final int CONNECTIONS = 200;
    /** Hours, so that the microseconds of the machine do not matter. */
    private static final long LATENCY_SECONDS = 40_000;

    @Test
    void areTheSameForTheSameSeed() {
        // A pause of the JVM moves a delay by less than a second, and so maybe over the border to the next whole one.
        assertThat(delays(7))
                .usingElementComparator((one, other) -> Math.abs(one - other) <= 1 ? 0 : Long.compare(one, other))
                .isEqualTo(delays(7));
    }

    @Test
    void areOthersForAnotherSeed() {
        List<Long> one = delays(7);
        List<Long> other = delays(8);

        assertThat(hits(one)).isNotEqualTo(hits(other));
        assertThat(one).isNotEqualTo(other);
    }

    @Test
    void hitAShareOfTheConnectionsAndSpreadOverTheJitter() {
        List<Long> delays = delays(7);

        // 100 expected, standard deviation 7.
        assertThat(hits(delays)).filteredOn(hit -> hit).hasSizeBetween(65, 135);
        assertThat(delays.stream().filter(seconds -> seconds > 0).distinct())
                .hasSizeGreaterThan(50)
                .allSatisfy(seconds -> assertThat(seconds).isBetween(0L, 2 * LATENCY_SECONDS));
    }

    private static List<Boolean> hits(List<Long> delays) {
        return delays.stream().map(seconds -> seconds > 0).toList();
    }

    /** By connection, the delay of its first chunk, in seconds. */
    private static List<Long> delays(long seed) {
        return LongStream.rangeClosed(1, CONNECTIONS)
                .mapToObj(connection -> delay(ToxicChain.seed(seed, "auth", connection)))
                .toList();
    }

    private static long delay(long seed) {
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.freezeTime();
        channel.pipeline().addLast(Relay.NAME, new ChannelInboundHandlerAdapter());
        new ToxicChain(channel.pipeline(), Direction.DOWNSTREAM, seed, toxic -> Meters.of(toxic, new StreamCounts()))
                .bringInLine(List.of(slow()));
        channel.writeInbound(Unpooled.wrappedBuffer(new byte[1]));
        // Until the next task, or -1 if there is none.
        long nanos = channel.runScheduledPendingTasks();
        channel.finishAndReleaseAll();
        return Math.round(Math.max(0, nanos) / (double) TimeUnit.SECONDS.toNanos(1));
    }

    private static AppliedToxic slow() {
        ToxicType type = ToxicTypes.find("latency").orElseThrow();
        long millis = TimeUnit.SECONDS.toMillis(LATENCY_SECONDS);
        return new AppliedToxic(
                "slow", type, Direction.DOWNSTREAM, 0.5, type.create(Map.of("latency", millis, "jitter", millis)));
    }
}

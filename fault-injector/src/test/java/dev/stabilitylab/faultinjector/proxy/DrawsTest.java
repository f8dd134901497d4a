package dev.stabilitylab.faultinjector.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stabilitylab.faultinjector.toxic.ToxicType;
import dev.stabilitylab.faultinjector.toxic.ToxicTypes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is drawn for connections: whether a toxic hits, and how long each chunk is delayed. */
class DrawsTest {

    private static final int CONNECTIONS = 200;
    private static final int CHUNKS = 3;
    private static final long LATENCY_MILLIS = 100;

    @Test
    void areTheSameForTheSameSeed() {
        assertThat(delays(7)).isEqualTo(delays(7));
    }

    @Test
    void areOthersForAnotherSeed() {
        List<List<Long>> one = delays(7);
        List<List<Long>> other = delays(8);

        assertThat(hits(one)).isNotEqualTo(hits(other));
        assertThat(one).isNotEqualTo(other);
    }

    @Test
    void hitAShareOfTheConnectionsAndSpreadOverTheJitter() {
        List<List<Long>> delays = delays(7);

        // 100 expected, standard deviation 7.
        assertThat(hits(delays)).filteredOn(hit -> hit).hasSizeBetween(65, 135);
        assertThat(delays.stream()
                        .flatMap(List::stream)
                        .filter(millis -> millis > 0)
                        .distinct())
                .hasSizeGreaterThan(50)
                .allSatisfy(millis -> assertThat(millis).isBetween(1L, 2 * LATENCY_MILLIS));
    }

    private static List<Boolean> hits(List<List<Long>> delays) {
        return delays.stream()
                .map(connection -> connection.stream().anyMatch(millis -> millis > 0))
                .toList();
    }

    /** By connection, the delays of its chunks in milliseconds. */
    private static List<List<Long>> delays(long seed) {
        List<List<Long>> all = new ArrayList<>();
        for (long connection = 1; connection <= CONNECTIONS; connection++) {
            all.add(delays(new ConnectionRandom(seed, "auth", connection)));
        }
        return all;
    }

    private static List<Long> delays(ConnectionRandom random) {
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.freezeTime();
        channel.pipeline().addLast(Relay.NAME, new ChannelInboundHandlerAdapter());
        new ToxicChain(channel.pipeline(), Direction.DOWNSTREAM, random).bringInLine(List.of(slow()));
        List<Long> delays = new ArrayList<>();
        for (int i = 0; i < CHUNKS; i++) {
            channel.writeInbound(Unpooled.wrappedBuffer(new byte[1]));
            delays.add(millisUntilItComes(channel));
        }
        channel.finishAndReleaseAll();
        return delays;
    }

    private static long millisUntilItComes(EmbeddedChannel channel) {
        for (long millis = 0; millis <= 2 * LATENCY_MILLIS; millis++) {
            ByteBuf chunk = channel.readInbound();
            if (chunk != null) {
                chunk.release();
                return millis;
            }
            channel.advanceTimeBy(1, TimeUnit.MILLISECONDS);
            channel.runScheduledPendingTasks();
        }
        throw new AssertionError("it never came");
    }

    private static AppliedToxic slow() {
        ToxicType type = ToxicTypes.find("latency").orElseThrow();
        return new AppliedToxic(
                "slow",
                type,
                Direction.DOWNSTREAM,
                0.5,
                type.create(Map.of("latency", LATENCY_MILLIS, "jitter", LATENCY_MILLIS - 1)));
    }
}

package dev.stabilitylab.faultinjector.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Toxics that make bytes, or the end, come later: at least as late as asked for, and every byte in its order. */
class DelaysConformanceIT extends Conformance {

    private Server server;
    private int port;

    @BeforeEach
    void addOneProxy() throws IOException {
        server = new Server();
        port = addProxy("one", server.address());
    }

    @AfterEach
    void stopServer() throws IOException {
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void latencyDelays(Way way) throws IOException {
        add(way, "latency", "\"latency\":150");
        try (Link link = Link.through(port, server)) {
            assertThat(millisToCarry(link, way, bytes(10))).isGreaterThanOrEqualTo(150);
            assertThat(millisToCarry(link, way, bytes(10))).isGreaterThanOrEqualTo(150);
            link.assertCarries();
        }
    }

    @ParameterizedTest
    @EnumSource
    void latenciesAddUp(Way way) throws IOException {
        add(way, "latency", "\"latency\":100");
        addToxic("one", toxic("second", way, "latency", "\"latency\":100"));
        try (Link link = Link.through(port, server)) {
            assertThat(millisToCarry(link, way, bytes(10))).isGreaterThanOrEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource
    void jitterKeepsTheOrder(Way way) throws IOException {
        add(way, "latency", "\"latency\":20,\"jitter\":20");
        byte[] sent = bytes(5_000);
        try (Link link = Link.through(port, server)) {
            for (int i = 0; i < sent.length; i += 100) {
                link.sender(way).getOutputStream().write(sent, i, 100);
            }
            assertThat(link.receive(way, sent.length)).isEqualTo(sent);
        }
    }

    @ParameterizedTest
    @EnumSource
    void bandwidthLimitsTheRate(Way way) throws IOException {
        add(way, "bandwidth", "\"rate\":100");
        try (Link link = Link.through(port, server)) {
            // 100 bytes a millisecond.
            assertThat(millisToCarry(link, way, bytes(40_000))).isGreaterThanOrEqualTo(300);
            link.assertCarries();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRateOfNothingLetsNothingThroughUntilItIsChanged(Way way) throws IOException {
        add(way, "bandwidth", "\"rate\":0");
        byte[] sent = bytes(1_000);
        try (Link link = Link.through(port, server)) {
            link.send(way, sent);
            link.assertSilent(way);

            api().patch("/proxies/one/toxics/mine", "{\"attributes\":{\"rate\":1000}}")
                    .require(200);

            assertThat(link.receive(way, sent.length)).isEqualTo(sent);
        }
    }

    @ParameterizedTest
    @EnumSource
    void slicerCutsIntoPiecesWithPausesBetween(Way way) throws IOException {
        add(way, "slicer", "\"average_size\":10,\"size_variation\":0,\"delay\":20000");
        byte[] sent = bytes(100);
        try (Link link = Link.through(port, server)) {
            long start = System.nanoTime();
            link.send(way, sent);
            byte[] buffer = new byte[sent.length];
            int first = link.receiver(way).getInputStream().read(buffer);
            byte[] rest = link.receive(way, sent.length - first);

            assertThat(millisSince(start)).isGreaterThanOrEqualTo(8 * 20);
            ByteArrayOutputStream received = new ByteArrayOutputStream();
            received.write(buffer, 0, first);
            received.write(rest);
            assertThat(received.toByteArray()).isEqualTo(sent);
        }
    }

    @ParameterizedTest
    @EnumSource
    void slicerKeepsEveryByte(Way way) throws IOException {
        add(way, "slicer", "\"average_size\":64,\"size_variation\":32,\"delay\":10");
        byte[] sent = bytes(50_000);
        try (Link link = Link.through(port, server)) {
            link.send(way, sent);
            assertThat(link.receive(way, sent.length)).isEqualTo(sent);
        }
    }

    @ParameterizedTest
    @EnumSource
    void slowCloseDelaysTheEndAndNothingElse(Way way) throws IOException {
        add(way, "slow_close", "\"delay\":300");
        try (Link link = Link.through(port, server)) {
            link.assertCarries();

            long start = System.nanoTime();
            link.sender(way).close();
            boolean over = Link.isOver(link.receiver(way));

            assertThat(over).isTrue();
            assertThat(millisSince(start)).isGreaterThanOrEqualTo(300);
        }
    }

    @ParameterizedTest
    @EnumSource
    void noopDoesNothing(Way way) throws IOException {
        add(way, "noop", "");
        try (Link link = Link.through(port, server)) {
            link.assertCarries();
            link.sender(way).close();
            assertThat(Link.isOver(link.receiver(way))).isTrue();
        }
    }

    private void add(Way way, String type, String attributes) {
        addToxic("one", toxic("mine", way, type, attributes));
    }

    private static long millisToCarry(Link link, Way way, byte[] bytes) throws IOException {
        long start = System.nanoTime();
        link.send(way, bytes);
        assertThat(link.receive(way, bytes.length)).isEqualTo(bytes);
        return millisSince(start);
    }

    private static long millisSince(long start) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }
}

package dev.stabilitylab.faultinjector;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocatorMetric;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Many clients that never read what an upstream sends without end. */
@ExtendWith(LeakCheck.class)
@Timeout(300)
class ManyConnectionsIT {

    private static final int CONNECTIONS = 1000;
    /** For each of them one full outbound buffer and one chunk that was read meanwhile: 64 KiB each. */
    private static final long MAX_BYTES = CONNECTIONS * 128L * 1024;
    /** What the pool may reserve beyond what is used, for its arenas and threads. */
    private static final long MAX_SPARE_BYTES = 128L * 1024 * 1024;

    private static final long MAX_HELD_BYTES = 256L * 1024 * 1024;

    private final List<Socket> clients = new ArrayList<>();

    @AfterEach
    void hangUp() throws IOException {
        for (Socket client : clients) {
            client.close();
        }
    }

    @Test
    void needBoundedMemoryAndDoNotKeepOthersFromBeingServed() throws Exception {
        try (EndlessUpstream upstream = new EndlessUpstream();
                Upstream echo = Upstream.echo();
                Lab lab = new Lab(upstream.port())) {
            for (int i = 0; i < CONNECTIONS; i++) {
                clients.add(connectWithoutReading(lab.port()));
            }
            assertThat(ProxyingIT.becomesTrue(() -> lab.openConnections() == CONNECTIONS))
                    .isTrue();
            waitUntilNothingMoves(upstream);

            assertThat(upstream.sent()).isGreaterThan(CONNECTIONS * 64L * 1024);
            assertThat(reservedBytes()).isLessThan(MAX_BYTES + MAX_SPARE_BYTES);
            assertServes(lab, echo);

            hangUp();
            assertThat(ProxyingIT.becomesTrue(() -> lab.openConnections() == 0)).isTrue();
        }
    }

    /** The native transport then reads what there is without being asked. */
    @Test
    void needBoundedMemoryAlsoWhenTheUpstreamHasEnded() throws Exception {
        try (EndlessUpstream upstream = new EndlessUpstream(500_000);
                Lab lab = new Lab(upstream.port())) {
            for (int i = 0; i < CONNECTIONS; i++) {
                clients.add(connectWithoutReading(lab.port()));
            }
            assertThat(ProxyingIT.becomesTrue(() -> lab.openConnections() == CONNECTIONS))
                    .isTrue();
            waitUntilNothingMoves(upstream);

            assertThat(upstream.sent()).isGreaterThan(CONNECTIONS * 64L * 1024);
            assertThat(reservedBytes()).isLessThan(MAX_BYTES + MAX_SPARE_BYTES);

            hangUp();
            assertThat(ProxyingIT.becomesTrue(() -> lab.openConnections() == 0)).isTrue();
        }
    }

    /** A latency that is soon over, too: what is due must not pile up where nobody counts it. */
    @ParameterizedTest
    @CsvSource({"86400000, 250", "300, 1000"})
    void needBoundedMemoryAlsoWhenWhatTheyAreSentIsHeldBack(int latency, int connections) throws Exception {
        try (EndlessUpstream upstream = new EndlessUpstream();
                Upstream echo = Upstream.echo();
                Lab lab = new Lab(upstream.port())) {
            lab.addToxic("{\"type\":\"latency\",\"attributes\":{\"latency\":%d}}".formatted(latency));
            for (int i = 0; i < connections; i++) {
                clients.add(connectWithoutReading(lab.port()));
            }
            assertThat(ProxyingIT.becomesTrue(() -> lab.openConnections() == clients.size()))
                    .isTrue();
            waitUntilNothingMoves(upstream);

            assertThat(upstream.sent()).isGreaterThan(MAX_HELD_BYTES / 2);
            // Without a limit for all together it would be 4 MiB each.
            assertThat(reservedBytes())
                    .isLessThan(MAX_HELD_BYTES + connections * MAX_BYTES / CONNECTIONS + MAX_SPARE_BYTES);
            assertServes(lab, echo);

            hangUp();
            assertThat(ProxyingIT.becomesTrue(() -> lab.openConnections() == 0)).isTrue();
        }
    }

    private static Socket connectWithoutReading(int port) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        // Hangs up with a reset: a mere end would say that it still wants what is held back for it.
        socket.setSoLinger(true, 0);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), Lab.PATIENCE_MILLIS);
        return socket;
    }

    private static void waitUntilNothingMoves(EndlessUpstream upstream) throws InterruptedException {
        long before = -1;
        while (upstream.sent() != before) {
            before = upstream.sent();
            TimeUnit.SECONDS.sleep(2);
        }
    }

    private static long reservedBytes() {
        PooledByteBufAllocatorMetric pool = PooledByteBufAllocator.DEFAULT.metric();
        return pool.usedDirectMemory() + pool.usedHeapMemory();
    }

    private static void assertServes(Lab lab, Upstream echo) throws IOException {
        lab.send(
                "POST",
                "/proxies",
                "{\"name\":\"echo\",\"listen\":\"127.0.0.1:0\",\"upstream\":\"127.0.0.1:%d\"}".formatted(echo.port()));
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), lab.portOf("echo"))) {
            socket.setSoTimeout(Lab.PATIENCE_MILLIS);
            socket.getOutputStream().write('a');
            assertThat(socket.getInputStream().read()).isEqualTo('a');
        }
    }
}

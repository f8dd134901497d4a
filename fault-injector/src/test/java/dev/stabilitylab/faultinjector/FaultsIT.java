package dev.stabilitylab.faultinjector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakCheck.class)
@Timeout(60)
class FaultsIT {

    private static final String BLACKHOLE =
            "{\"name\":\"blackhole\",\"type\":\"timeout\",\"attributes\":{\"timeout\":0}}";

    private Upstream upstream;
    private Lab lab;

    @BeforeEach
    void start() throws IOException {
        upstream = Upstream.echo();
        lab = new Lab(upstream.port());
    }

    @AfterEach
    void stop() throws IOException {
        lab.close();
        upstream.close();
    }

    @Test
    void refusesConnectionsWhenDisabled() {
        lab.enable(false);

        assertThatExceptionOfType(ConnectException.class).isThrownBy(lab::connect);
    }

    @Test
    void cutsOpenConnectionsWithAResetWhenDisabled() throws IOException {
        try (Socket socket = lab.connect()) {
            assertEchoes(socket);

            lab.enable(false);

            assertReset(socket);
        }
    }

    @Test
    void refusesAndListensAtOnceThroughManyChanges() throws IOException {
        for (int i = 0; i < 100; i++) {
            lab.enable(false);
            assertThatExceptionOfType(ConnectException.class).isThrownBy(lab::connect);
            lab.enable(true);
            try (Socket socket = lab.connect()) {
                assertEchoes(socket);
            }
        }
    }

    @Test
    void listensAgainWhileClientsKeepConnecting() throws Exception {
        Thread clients = new Thread(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                try (Socket socket = lab.connect()) {
                    socket.getOutputStream().write('a');
                    socket.getInputStream().read();
                } catch (IOException e) {
                    // That is what the other side of this test is for.
                    Thread.onSpinWait();
                }
            }
        });
        clients.start();

        for (int i = 0; i < 50; i++) {
            lab.enable(false);
            assertThatExceptionOfType(ConnectException.class).isThrownBy(lab::connect);
            lab.enable(true);
        }
        clients.interrupt();
        clients.join();

        try (Socket socket = lab.connect()) {
            assertEchoes(socket);
        }
    }

    @Test
    void acceptsIntoABlackholeAndNeverAnswers() throws IOException {
        lab.addToxic(BLACKHOLE);

        try (Socket socket = lab.connect()) {
            socket.getOutputStream().write('a');
            assertSilent(socket);
        }
    }

    @Test
    void keepsTheUpstreamsEndFromShowingThroughABlackhole() throws IOException {
        lab.addToxic(BLACKHOLE);

        try (Upstream brief = Upstream.of(socket -> socket.getOutputStream().write('a'));
                Lab other = new Lab(brief.port())) {
            other.addToxic(BLACKHOLE);
            try (Socket socket = other.connect()) {
                assertSilent(socket);
            }
        }
    }

    @Test
    void swallowsAnOpenConnectionMidStream() throws IOException {
        try (Socket socket = lab.connect()) {
            assertEchoes(socket);

            lab.addToxic(BLACKHOLE);

            socket.getOutputStream().write('a');
            assertSilent(socket);
        }
    }

    @Test
    void closesWhatABlackholeHeldWhenItIsRemoved() throws IOException {
        lab.addToxic(BLACKHOLE);
        try (Socket held = lab.connect()) {
            held.getOutputStream().write('a');
            assertSilent(held);

            lab.removeToxic("blackhole");

            assertThat(held.getInputStream().read()).isEqualTo(-1);
        }
        try (Socket fresh = lab.connect()) {
            assertEchoes(fresh);
        }
    }

    @Test
    void doesNotKeepConnectionsThatBothSidesHaveLeft() throws Exception {
        lab.addToxic(BLACKHOLE);
        lab.addToxic("{\"type\":\"timeout\",\"stream\":\"upstream\"}");
        try (Upstream brief = Upstream.of(Socket::shutdownOutput)) {
            lab.send("PATCH", "/proxies/auth", "{\"upstream\":\"127.0.0.1:%d\"}".formatted(brief.port()));

            for (int i = 0; i < 50; i++) {
                lab.connect().close();
            }

            assertThat(ProxyingIT.becomesTrue(() -> lab.openConnections() == 0)).isTrue();
        }
    }

    @Test
    void closesAfterTheTimeout() throws IOException {
        lab.addToxic("{\"type\":\"timeout\",\"attributes\":{\"timeout\":100}}");

        try (Socket socket = lab.connect()) {
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void delaysAnAnswerByTheLatencyAtLeast() throws IOException {
        lab.addToxic("{\"type\":\"latency\",\"attributes\":{\"latency\":200,\"jitter\":50}}");

        try (Socket socket = lab.connect()) {
            long start = System.nanoTime();
            assertEchoes(socket);

            assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(149));
        }
    }

    @Test
    void delaysBothDirections() throws IOException {
        lab.addToxic("{\"type\":\"latency\",\"attributes\":{\"latency\":100}}");
        lab.addToxic("{\"type\":\"latency\",\"stream\":\"upstream\",\"attributes\":{\"latency\":100}}");

        try (Socket socket = lab.connect()) {
            long start = System.nanoTime();
            assertEchoes(socket);

            assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(199));
        }
    }

    @Test
    void letsGoOfDelayedBytesWhenTheLatencyIsChanged() throws IOException {
        lab.addToxic("{\"type\":\"latency\",\"name\":\"slow\",\"attributes\":{\"latency\":86400000}}");
        try (Socket socket = lab.connect()) {
            socket.getOutputStream().write('a');
            assertSilent(socket);

            lab.send("PATCH", "/proxies/auth/toxics/slow", "{\"attributes\":{\"latency\":1}}");

            socket.setSoTimeout(Lab.PATIENCE_MILLIS);
            assertThat(socket.getInputStream().read()).isEqualTo('a');
        }
    }

    @Test
    void losesChunksAndPassesTheNextOnesWhenTheLossIsOver() throws IOException {
        lab.addToxic("{\"name\":\"loss\",\"type\":\"packet_loss\",\"attributes\":{\"loss_rate\":1.0}}");

        try (Socket socket = lab.connect()) {
            socket.getOutputStream().write("lost".getBytes(StandardCharsets.UTF_8));
            assertSilent(socket);
            lab.removeToxic("loss");

            assertEchoes(socket);
        }
    }

    @Test
    void resetsOpenAndNewConnections() throws IOException {
        try (Socket open = lab.connect()) {
            assertEchoes(open);

            lab.addToxic("{\"type\":\"reset_peer\"}");

            open.getOutputStream().write('a');
            assertReset(open);
        }
        try (Socket fresh = lab.connect()) {
            fresh.getOutputStream().write('a');
            assertReset(fresh);
        }
    }

    @Test
    void hitsTheShareOfConnectionsThatToxicityAsksFor() throws IOException {
        lab.addToxic("{\"type\":\"reset_peer\",\"toxicity\":0.5}");

        int hit = 0;
        for (int i = 0; i < 400; i++) {
            try (Socket socket = lab.connect()) {
                assertEchoes(socket);
            } catch (SocketException e) {
                hit++;
            }
        }

        // 200 expected, standard deviation 10.
        assertThat(hit).isBetween(150, 250);
    }

    @Test
    void isWholeAgainAfterAReset() throws IOException {
        lab.addToxic(BLACKHOLE);
        lab.enable(false);

        lab.reset();

        assertThat(lab.get("/proxies/auth").json().get("toxics")).isEmpty();
        try (Socket socket = lab.connect()) {
            assertEchoes(socket);
        }
    }

    private static void assertEchoes(Socket socket) throws IOException {
        socket.getOutputStream().write('a');
        assertThat(socket.getInputStream().read()).isEqualTo('a');
    }

    private static void assertSilent(Socket socket) throws IOException {
        socket.setSoTimeout(Lab.SILENCE_MILLIS);
        assertThatExceptionOfType(SocketTimeoutException.class)
                .isThrownBy(() -> socket.getInputStream().read());
        socket.setSoTimeout(Lab.PATIENCE_MILLIS);
    }

    private static void assertReset(Socket socket) {
        assertThatExceptionOfType(SocketException.class)
                .isThrownBy(() -> socket.getInputStream().read())
                .withMessageContaining("reset");
    }
}

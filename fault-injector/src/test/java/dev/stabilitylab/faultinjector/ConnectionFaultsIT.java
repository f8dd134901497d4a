package dev.stabilitylab.faultinjector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stabilitylab.faultinjector.Lab.Reply;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Faults of connections as such, which pools of connections have to cope with. */
@ExtendWith(LeakCheck.class)
@Timeout(60)
class ConnectionFaultsIT {

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
    void closesAConnectionInGoodOrderWhenItIsOldEnough() throws IOException {
        lab.addToxic("{\"type\":\"connection_lifetime\",\"attributes\":{\"lifetime\":500}}");
        long began = System.nanoTime();
        try (Socket socket = lab.connect()) {
            assertEchoes(socket);

            assertThat(socket.getInputStream().read()).isEqualTo(-1);

            assertThat(System.nanoTime() - began).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(500));
        }
        try (Socket next = lab.connect()) {
            assertEchoes(next);
        }
    }

    @Test
    void endsTheLifeOfAConnectionThatIsOpenAlready() throws IOException {
        try (Socket socket = lab.connect()) {
            assertEchoes(socket);

            lab.addToxic("{\"type\":\"connection_lifetime\",\"stream\":\"upstream\",\"attributes\":{\"lifetime\":50}}");

            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void letsAnAnswerFallSilentAndGoOn() throws IOException {
        lab.addToxic("{\"name\":\"stall\",\"type\":\"stall\",\"attributes\":{\"bytes\":3}}");
        try (Socket socket = lab.connect()) {
            socket.getOutputStream().write("abcdef".getBytes(StandardCharsets.UTF_8));
            assertThat(socket.getInputStream().readNBytes(3))
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo("abc");
            assertSilent(socket);

            lab.removeToxic("stall");

            assertThat(socket.getInputStream().readNBytes(3))
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo("def");
            assertEchoes(socket);
        }
    }

    @Test
    void acceptsNoMoreThanSoManyAndTheNextOneWhenOneLeaves() throws IOException {
        lab.addToxic("{\"type\":\"max_connections\",\"attributes\":{\"connections\":1}}");
        try (Socket first = lab.connect();
                Socket second = lab.connect()) {
            assertEchoes(first);
            second.getOutputStream().write('a');
            assertSilent(second);
            assertThat(lab.openConnections()).isEqualTo(1);

            first.shutdownOutput();

            assertThat(second.getInputStream().read()).isEqualTo('a');
        }
    }

    @Test
    void hangsBeforeItAcceptsAnybodyUntilItIsTakenOff() throws IOException {
        try (Socket open = lab.connect()) {
            assertEchoes(open);
            lab.addToxic("{\"name\":\"hang\",\"type\":\"max_connections\"}");
            try (Socket waiting = lab.connect()) {
                waiting.getOutputStream().write('a');
                assertSilent(waiting);
                assertEchoes(open);

                lab.removeToxic("hang");

                assertThat(waiting.getInputStream().read()).isEqualTo('a');
                assertEchoes(waiting);
            }
        }
    }

    @Test
    void hangsFromTheFirstConnectionOnWhenTheProxyIsEnabled() throws IOException {
        lab.enable(false);
        lab.addToxic("{\"name\":\"hang\",\"type\":\"max_connections\"}");
        lab.enable(true);
        try (Socket waiting = lab.connect()) {
            waiting.getOutputStream().write('a');
            assertSilent(waiting);

            lab.send("PATCH", "/proxies/auth/toxics/hang", "{\"attributes\":{\"connections\":1}}");

            assertThat(waiting.getInputStream().read()).isEqualTo('a');
        }
    }

    @Test
    void keepsToTheLimitWhenManyComeAtOnce() throws IOException {
        lab.addToxic("{\"type\":\"max_connections\",\"attributes\":{\"connections\":3}}");
        List<Socket> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 50; i++) {
                Socket client = lab.connect();
                clients.add(client);
                client.getOutputStream().write('a');
            }
            for (Socket client : clients) {
                assertThat(client.getInputStream().read()).isEqualTo('a');
                assertThat(lab.openConnections()).isLessThanOrEqualTo(3);
                client.close();
            }
        } finally {
            for (Socket client : clients) {
                client.close();
            }
        }
    }

    @Test
    void refusesAShareOfWhatHitsThePort() {
        Reply reply = lab.send(
                "POST", "/proxies/auth/toxics", "{\"name\":\"hang\",\"type\":\"max_connections\",\"toxicity\":0.5}");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text()).contains("toxicity of hang is 0.5; a fault of the port hits all, so it must be 1");
    }

    private static void assertSilent(Socket socket) throws IOException {
        socket.setSoTimeout(Lab.SILENCE_MILLIS);
        assertThatExceptionOfType(SocketTimeoutException.class)
                .isThrownBy(() -> socket.getInputStream().read());
        socket.setSoTimeout(Lab.PATIENCE_MILLIS);
    }

    private static void assertEchoes(Socket socket) throws IOException {
        socket.getOutputStream().write('a');
        assertThat(socket.getInputStream().read()).isEqualTo('a');
    }
}

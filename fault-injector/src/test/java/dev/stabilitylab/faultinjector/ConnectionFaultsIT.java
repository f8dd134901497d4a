package dev.stabilitylab.faultinjector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
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

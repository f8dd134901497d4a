package dev.stabilitylab.faultinjector.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Toxics that drop bytes and end connections. */
class DropsConformanceIT extends Conformance {

    private static final byte[] HUNDRED_AND_FIFTY = new byte[150];

    private Server server;
    private int port;

    @BeforeEach
    void addOneProxy() throws IOException {
        server = new Server();
        port = addProxy("one", server.address());
        for (int i = 0; i < HUNDRED_AND_FIFTY.length; i++) {
            HUNDRED_AND_FIFTY[i] = (byte) i;
        }
    }

    @AfterEach
    void stopServer() throws IOException {
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void timeoutDropsAndThenCloses(Way way) throws IOException {
        add(way, "timeout", "\"timeout\":200");
        long start = System.nanoTime();
        try (Link link = Link.through(port, server)) {
            link.send(way, HUNDRED_AND_FIFTY);

            assertThat(link.receive(way, 1)).isEmpty();
            assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isGreaterThanOrEqualTo(200);
            link.assertCut();
        }
    }

    @ParameterizedTest
    @EnumSource
    void timeoutOfNothingNeverCloses(Way way) throws IOException {
        Way other = way == Way.UPSTREAM ? Way.DOWNSTREAM : Way.UPSTREAM;
        add(way, "timeout", "\"timeout\":0");
        try (Link link = Link.through(port, server)) {
            link.send(way, HUNDRED_AND_FIFTY);
            link.assertSilent(way);

            link.send(other, HUNDRED_AND_FIFTY);
            assertThat(link.receive(other, 150)).isEqualTo(HUNDRED_AND_FIFTY);
        }
    }

    @ParameterizedTest
    @EnumSource
    void timeoutClosesWhenItIsTakenOff(Way way) throws IOException {
        try (Link link = Link.through(port, server)) {
            link.assertCarries();
            add(way, "timeout", "\"timeout\":0");
            link.assertSilent(way);

            api().delete("/proxies/one/toxics/mine").require(204);

            assertThat(link.client().getInputStream().read()).isEqualTo(-1);
            assertThat(link.server().getInputStream().read()).isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void resetPeerResetsBothEndsAtTheFirstBytes(Way way) throws IOException {
        add(way, "reset_peer", "\"timeout\":0");
        try (Link link = Link.through(port, server)) {
            link.assertSilent(way);

            link.send(way, HUNDRED_AND_FIFTY);

            assertReset(link.client());
            assertReset(link.server());
        }
    }

    @ParameterizedTest
    @EnumSource
    void resetPeerWaitsForItsTimeout(Way way) throws IOException {
        add(way, "reset_peer", "\"timeout\":200");
        try (Link link = Link.through(port, server)) {
            long start = System.nanoTime();
            link.send(way, HUNDRED_AND_FIFTY);

            assertReset(link.client());
            assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isGreaterThanOrEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource
    void limitDataLetsSoManyBytesThroughAndCloses(Way way) throws IOException {
        add(way, "limit_data", "\"bytes\":100");
        try (Link link = Link.through(port, server)) {
            link.send(way, HUNDRED_AND_FIFTY);

            assertThat(link.receive(way, 150)).isEqualTo(Arrays.copyOf(HUNDRED_AND_FIFTY, 100));
            link.assertCut();
        }
    }

    @ParameterizedTest
    @EnumSource
    void limitDataClosesAtTheLimitItself(Way way) throws IOException {
        add(way, "limit_data", "\"bytes\":150");
        try (Link link = Link.through(port, server)) {
            link.send(way, HUNDRED_AND_FIFTY);

            assertThat(link.receive(way, 151)).isEqualTo(HUNDRED_AND_FIFTY);
        }
    }

    @ParameterizedTest
    @EnumSource
    void limitDataOfNothingClosesAtTheFirstBytes(Way way) throws IOException {
        add(way, "limit_data", "\"bytes\":0");
        try (Link link = Link.through(port, server)) {
            link.assertSilent(way);

            link.send(way, HUNDRED_AND_FIFTY);

            assertThat(link.receive(way, 1)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void limitDataRemembersWhatItLetThroughWhenItIsChanged(Way way) throws IOException {
        add(way, "limit_data", "\"bytes\":200");
        try (Link link = Link.through(port, server)) {
            link.send(way, HUNDRED_AND_FIFTY);
            assertThat(link.receive(way, 150)).isEqualTo(HUNDRED_AND_FIFTY);

            api().patch("/proxies/one/toxics/mine", "{\"attributes\":{\"bytes\":160}}")
                    .require(200);
            link.send(way, HUNDRED_AND_FIFTY);

            assertThat(link.receive(way, 150)).isEqualTo(Arrays.copyOf(HUNDRED_AND_FIFTY, 10));
        }
    }

    private void add(Way way, String type, String attributes) {
        addToxic("one", toxic("mine", way, type, attributes));
    }

    private static void assertReset(Socket socket) {
        assertThatExceptionOfType(SocketException.class)
                .isThrownBy(() -> socket.getInputStream().read())
                .withMessageContaining("reset");
    }
}

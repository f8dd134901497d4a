package dev.stabilitylab.lab.world.control;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.stabilitylab.lab.http.SelectorThreads;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ControlHttpTest {

    @RegisterExtension
    private static final WireMockExtension SERVER =
            WireMockExtension.newInstance().options(options().dynamicPort()).build();

    @Test
    void needsOneClientForAll() {
        SERVER.stubFor(get("/").willReturn(ok("well")));
        Set<Thread> before = SelectorThreads.alive();

        for (int i = 0; i < 5; i++) {
            ControlHttp http = new ControlHttp(Duration.ofSeconds(10));
            assertThat(http.send("GET", URI.create(SERVER.baseUrl() + "/"), null)
                            .body())
                    .isEqualTo("well");
        }

        Set<Thread> started = SelectorThreads.alive();
        started.removeAll(before);
        assertThat(started).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void givesUpWhenThereIsNoAnswerInTime() {
        SERVER.stubFor(get("/").willReturn(aResponse().withFixedDelay(20_000)));

        assertThatThrownBy(
                        () -> new ControlHttp(Duration.ofMillis(200)).send("GET", URI.create(SERVER.baseUrl()), null))
                .isInstanceOf(NoAnswerException.class)
                .hasMessageContaining("timed out");
    }

    @Test
    void givesUpWhenItCannotConnectInTime() throws IOException {
        List<Socket> queue = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            fill(full, queue);

            URI uri = URI.create("http://127.0.0.1:%d/".formatted(full.getLocalPort()));
            assertThatThrownBy(() -> new ControlHttp(Duration.ofMillis(200)).send("GET", uri, null))
                    .isInstanceOf(NoAnswerException.class)
                    .hasMessageContaining("timed out");
        } finally {
            for (Socket socket : queue) {
                socket.close();
            }
        }
    }

    /** Until the operating system leaves the next one without an answer, since nobody accepts. */
    private static void fill(ServerSocket server, List<Socket> queue) throws IOException {
        for (int i = 0; i < 10; i++) {
            Socket socket = new Socket();
            queue.add(socket);
            try {
                socket.connect(server.getLocalSocketAddress(), 200);
            } catch (SocketTimeoutException full) {
                return;
            }
        }
        throw new AssertionError("a server that accepts nobody still takes connections");
    }
}

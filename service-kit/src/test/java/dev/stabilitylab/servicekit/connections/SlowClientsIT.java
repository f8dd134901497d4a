package dev.stabilitylab.servicekit.connections;

import static dev.stabilitylab.servicekit.contract.Problems.assertProblem;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stabilitylab.servicekit.contract.HttpAnswer;
import dev.stabilitylab.servicekit.contract.RawHttp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.autoconfigure.actuate.observability.AutoConfigureObservability;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Clients that cost a service as much as they can for as little as they can, more of them than there are platform threads. */
@SpringBootTest(
        classes = SlowClientsIT.Application.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.application.name=patient-service",
            "management.server.port=0",
            "server.tomcat.connection-timeout=2s",
            "service-kit.connections.head-timeout=2s"
        })
@AutoConfigureObservability(tracing = false)
class SlowClientsIT {

    private static final int CLIENTS = 450;

    @EnableAutoConfiguration
    @RestController
    static class Application {

        @GetMapping("/work")
        String work() {
            return "done";
        }

        @PostMapping("/work")
        String order() {
            return "done";
        }
    }

    private final List<SocketChannel> clients = new ArrayList<>();
    private RawHttp http = new RawHttp(0);

    @BeforeEach
    void connect(@LocalServerPort int port) {
        http = new RawHttp(port);
    }

    @AfterEach
    void hangUp() throws IOException {
        for (SocketChannel client : clients) {
            client.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "GET /work HTTP/1.1\r\nHost: localhost\r\nX-Slow: ",
                "G",
                "GET /work HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n",
                "POST /work HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n",
                "POST /work HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n100\r\n",
                "POST /work HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 1000\r\n\r\n"
            })
    void servesOthersWhileManySendSlowlyAndEndsThose(String beginning, @LocalServerPort int port) throws IOException {
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(client(port, beginning));
        }

        for (int i = 0; i < 10; i++) {
            drip();
            assertThat(http.send("GET", "/work").status()).isEqualTo(200);
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            if (!beginning.isEmpty()) {
                drip();
            }
            return clients.stream().allMatch(SlowClientsIT::isEnded);
        });
    }

    @Test
    void endsClientsThatNeverRead(@LocalManagementPort int port) throws IOException {
        String request = "GET /actuator/prometheus HTTP/1.1\r\nHost: localhost\r\n\r\n";
        for (int i = 0; i < 10; i++) {
            clients.add(client(port, request.repeat(600)));
        }

        await().atMost(Duration.ofSeconds(40))
                .until(() -> clients.stream().filter(client -> !isReset(client)).count() == 0);

        assertThat(new RawHttp(port).send("GET", "/actuator/health").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "POST", "DELETE", "OPTIONS", "FOO"})
    void refusesABodyWithoutWaitingForIt(String method) {
        String head = "%s /work HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n".formatted(method);

        HttpAnswer answer = http.sendRaw(head);

        if (method.equals("HEAD")) {
            assertThat(answer.status()).isEqualTo(413);
        } else {
            assertProblem(answer, 413);
        }
        assertThat(answer.header("connection")).isEqualTo("close");
    }

    @Test
    void takesAnEmptyBody() {
        assertThat(http.send("POST", "/work", "Content-Length: 0").status()).isEqualTo(200);
    }

    @Test
    void keepsAClientThatSendsItsHeadsInPieces(@LocalServerPort int port) throws IOException {
        SocketChannel client = client(port, "");
        clients.add(client);
        String[] pieces = {"GET /wo", "rk HTTP/1.1\r\nHo", "st: localhost\r\n\r\n"};
        ByteBuffer answer = ByteBuffer.allocate(4096);

        // Longer in all than a head may take.
        for (int request = 0; request < 6; request++) {
            for (String piece : pieces) {
                await().pollDelay(Duration.ofMillis(200)).until(() -> true);
                client.write(ByteBuffer.wrap(piece.getBytes(US_ASCII)));
            }
            answer.clear();
            await().until(() -> client.read(answer) > 0);
            assertThat(new String(answer.array(), 0, 12, US_ASCII)).isEqualTo("HTTP/1.1 200");
        }
    }

    private static SocketChannel client(int port, String beginning) throws IOException {
        SocketChannel client = SocketChannel.open();
        client.setOption(StandardSocketOptions.SO_RCVBUF, 4096);
        client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        client.write(ByteBuffer.wrap(beginning.getBytes(US_ASCII)));
        client.configureBlocking(false);
        return client;
    }

    /** A byte from each client that has not been ended. */
    private void drip() {
        for (SocketChannel client : clients) {
            try {
                client.write(ByteBuffer.wrap(new byte[] {'x'}));
            } catch (IOException ended) {
                // That is what is waited for.
            }
        }
    }

    private static boolean isEnded(SocketChannel client) {
        try {
            int read;
            do {
                read = client.read(ByteBuffer.allocate(4096));
            } while (read > 0);
            return read < 0;
        } catch (IOException reset) {
            return true;
        }
    }

    /** Whether the service has ended the connection, found out without reading what it has sent. */
    private static boolean isReset(SocketChannel client) {
        try {
            client.write(ByteBuffer.wrap(new byte[] {'\r', '\n'}));
            return false;
        } catch (IOException reset) {
            return true;
        }
    }
}

package dev.stabilitylab.faultinjector.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stabilitylab.faultinjector.LeakCheck;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What takes its time on a stream, with shorter times than the usual ones. */
@ExtendWith(LeakCheck.class)
@Timeout(60)
class EventStreamsIT {

    private static final Duration LONG = Duration.ofMinutes(10);
    private static final String TEN_KILOBYTES = "x".repeat(10 * 1024);

    @Test
    void sendsAHeartbeat() throws IOException {
        Duration heartbeat = Duration.ofMillis(200);
        try (StreamServer server = new StreamServer(heartbeat, LONG)) {
            long start = System.nanoTime();
            try (Socket socket = server.connect(64 * 1024);
                    BufferedReader lines = lines(socket)) {
                // The first one comes at once.
                for (int i = 0; i < 3; i++) {
                    nextAfter(":", lines);
                }

                assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(heartbeat.multipliedBy(2));
            }
        }
    }

    @Test
    void cutsAReaderThatDoesNotReadAndKeepsTheOthers() throws IOException {
        try (StreamServer server = new StreamServer(LONG, Duration.ofSeconds(2));
                Socket stuck = server.connect(4096);
                Socket other = server.connect(64 * 1024);
                BufferedReader lines = lines(other)) {
            for (int i = 0; i < 100; i++) {
                server.streams().publish("large", TEN_KILOBYTES);
                assertThat(nextAfter("event: ", lines)).isEqualTo("large");
            }

            await().atMost(Duration.ofSeconds(30)).until(() -> !server.has(stuck));

            assertThat(stuck.getInputStream().readAllBytes().length).isLessThan(100 * TEN_KILOBYTES.length());
            server.streams().publish("after", "{}");
            assertThat(nextAfter("event: ", lines)).isEqualTo("after");
        }
    }

    private static BufferedReader lines(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    /** What is behind this prefix in the next line that has it. */
    private static String nextAfter(String prefix, BufferedReader lines) throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(prefix)) {
                return line.substring(prefix.length());
            }
        }
        throw new AssertionError("the stream has ended");
    }
}

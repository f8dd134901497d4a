package dev.stabilitylab.faultinjector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A client that has sent all, an upstream that has answered and ended, and a toxic that still holds the answer. */
@ExtendWith(LeakCheck.class)
@Timeout(60)
class EndedConnectionsIT {

    private static final int ANSWER_BYTES = 100;

    private Upstream upstream;
    private Lab lab;
    private Socket client;

    @BeforeEach
    void start() throws Exception {
        upstream = Upstream.of(socket -> {
            socket.getInputStream().readAllBytes();
            socket.getOutputStream().write(new byte[ANSWER_BYTES]);
        });
        lab = new Lab(upstream.port());
        lab.addToxic("{\"type\":\"latency\",\"attributes\":{\"latency\":86400000}}");
        client = lab.connect();
        client.getOutputStream().write('a');
        client.shutdownOutput();
        assertThat(ProxyingIT.becomesTrue(this::answerHasCome)).isTrue();
        assertThat(ProxyingIT.becomesTrue(() -> upstream.openConnections() == 0))
                .isTrue();
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        lab.close();
        upstream.close();
    }

    private boolean answerHasCome() {
        return lab.get("/metrics")
                .text()
                .lines()
                .anyMatch(line -> line.startsWith("toxiproxy_proxy_received_bytes_total{direction=\"downstream\"")
                        && line.endsWith(" " + ANSWER_BYTES + ".0"));
    }

    @Test
    void costNoProcessorTime() throws Exception {
        long before = workerNanos();
        TimeUnit.SECONDS.sleep(1);
        long spent = workerNanos() - before;

        assertThat(lab.openConnections()).isEqualTo(1);
        // Idle it is 0; a worker that wakes up all the time takes all that the machine has left.
        assertThat(TimeUnit.NANOSECONDS.toMillis(spent)).isLessThan(100);
    }

    @Test
    void bringTheAnswerWhenTheToxicIsTakenOff() throws Exception {
        lab.reset();

        assertThat(client.getInputStream().readAllBytes()).hasSize(ANSWER_BYTES);
        assertThat(ProxyingIT.becomesTrue(() -> lab.openConnections() == 0)).isTrue();
    }

    @Test
    void areCutWhenTheProxyIsDisabled() {
        lab.enable(false);

        assertThat(lab.openConnections()).isZero();
    }

    private static long workerNanos() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long sum = 0;
        for (long id : threads.getAllThreadIds()) {
            ThreadInfo info = threads.getThreadInfo(id);
            if (info != null && info.getThreadName().startsWith("worker-")) {
                sum += Math.max(0, threads.getThreadCpuTime(id));
            }
        }
        return sum;
    }
}

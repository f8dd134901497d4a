package dev.stabilitylab.homepage;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** More connections at once than the homepage can serve or queue, before and after it is warm. */
class BurstIT {

    private static final int CONNECTIONS = 2_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final byte[] REQUEST =
            "GET /home HTTP/1.1\r\nHost: localhost\r\nAuthorization: Token 0x132\r\nConnection: close\r\n\r\n"
                    .getBytes(ISO_8859_1);

    @Test
    void answersEveryRequestOfABurstWithAPageOrWhenToComeAgain() throws IOException {
        try (RawUpstream auth = new RawUpstream(RawUpstream.json(
                        "{\"uuid\": \"0b6a1f5e-54c1-4a0f-9d0c-6f1f2f3c0132\","
                                + " \"permissions\": [\"can_view_homepage\", \"can_view_recommendations\"]}",
                        5));
                RawUpstream recommendations = new RawUpstream(RawUpstream.json("[12, 23]", 80));
                RawUpstream popularity = new RawUpstream(RawUpstream.json("[1, 2]", 20));
                ConfigurableApplicationContext homepage = new SpringApplicationBuilder(HomepageServiceApplication.class)
                        .run(
                                "--server.port=0",
                                "--management.server.port=0",
                                "--api-client.upstreams.auth.base-url=" + auth.url(),
                                "--api-client.upstreams.recommendations.base-url=" + recommendations.url(),
                                "--api-client.upstreams.popularity.base-url=" + popularity.url())) {
            int port = homepage.getEnvironment().getRequiredProperty("local.server.port", Integer.class);

            // Of other tests' homepages, too, which Spring keeps in this JVM.
            long threadsBefore = requestThreads();

            Map<String, Integer> cold = burst(port);
            Map<String, Integer> warm = burst(port);

            assertThat(cold.keySet()).as(cold.toString()).isSubsetOf("200", "503 with Retry-After");
            assertThat(warm.keySet()).as(warm.toString()).isSubsetOf("200", "503 with Retry-After");
            assertThat(warm).containsKey("200");
            await().atMost(Duration.ofSeconds(30)).until(() -> requestThreads() <= threadsBefore + 10);
        }
    }

    /** Opens all connections before it looks at the first one, and counts what comes of them. */
    private static Map<String, Integer> burst(int port) throws IOException {
        Map<String, Integer> outcomes = new TreeMap<>();
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < CONNECTIONS; i++) {
                SocketChannel channel = SocketChannel.open();
                channel.configureBlocking(false);
                channel.register(selector, SelectionKey.OP_CONNECT, new ByteArrayOutputStream());
                channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            }
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (!selector.keys().isEmpty() && System.nanoTime() < end) {
                selector.select(key -> proceed(key, outcomes), 1_000);
            }
            for (SelectionKey unanswered : selector.keys()) {
                unanswered.channel().close();
                outcomes.merge("no answer", 1, Integer::sum);
            }
        }
        return outcomes;
    }

    private static void proceed(SelectionKey key, Map<String, Integer> outcomes) {
        SocketChannel channel = (SocketChannel) key.channel();
        ByteArrayOutputStream answer = (ByteArrayOutputStream) key.attachment();
        try {
            if (key.isConnectable() && channel.finishConnect()) {
                channel.write(ByteBuffer.wrap(REQUEST));
                key.interestOps(SelectionKey.OP_READ);
            } else if (key.isReadable()) {
                ByteBuffer bytes = ByteBuffer.allocate(4096);
                int read = channel.read(bytes);
                answer.write(bytes.array(), 0, bytes.position());
                if (read < 0) {
                    channel.close();
                    outcomes.merge(outcome(answer.toString(ISO_8859_1)), 1, Integer::sum);
                }
            }
        } catch (IOException failure) {
            key.cancel();
            outcomes.merge(failure.toString(), 1, Integer::sum);
        }
    }

    private static String outcome(String answer) {
        String status = answer.length() > 12 ? answer.substring(9, 12) : "'%s'".formatted(answer);
        return answer.contains("\r\nRetry-After: ") ? status + " with Retry-After" : status;
    }

    /** Platform threads that serve requests; virtual ones cost next to nothing and are not listed. */
    private static long requestThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().matches("http-nio-.*-exec-.*|task-.*"))
                .count();
    }
}

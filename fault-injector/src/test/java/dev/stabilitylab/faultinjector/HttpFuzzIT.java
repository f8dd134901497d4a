package dev.stabilitylab.faultinjector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Broken HTTP in both directions at the same time: what is not hit comes through as it is, and nothing hangs. Other random messages:
 * {@code -Dfuzz.seed=NUMBER}; more of them: {@code -Dfuzz.rounds=NUMBER}, 150 unless told.
 */
@ExtendWith(LeakCheck.class)
@Timeout(3600)
class HttpFuzzIT {

    private static final long SEED = Long.getLong("fuzz.seed", 1);
    private static final int ROUNDS = Integer.getInteger("fuzz.rounds", 150);
    private static final List<String> TYPES =
            List.of("status", "latency", "headers", "replace", "corrupt", "drip", "truncate");
    private static final List<String> REQUESTS = List.of(
            "GET /items?page=2 HTTP/1.1\r\nHost: a\r\nX-Key: one\r\n\r\n",
            "HEAD /items HTTP/1.1\r\n\r\n",
            "POST /items HTTP/1.1\r\nContent-Length: 12\r\n\r\nhello\r\n\r\nyou",
            "PUT /items HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n0\r\nT: x\r\n\r\n",
            "PUT / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\nabc",
            "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    private static final List<String> RESPONSES = List.of(
            "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n{\"a\":1}",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4;x\r\nWiki\r\n5\r\npedia\r\n0\r\nT: z\r\n\r\n",
            "HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\nContent-Length: 3\n\nabc",
            "HTTP/1.1 204 No Content\r\n\r\n",
            "HTTP/1.1 304 Not Modified\r\nContent-Length: 7\r\n\r\n",
            "HTTP/1.1 101 Switching Protocols\r\n\r\n");

    private final BlockingQueue<byte[]> received = new LinkedBlockingQueue<>();
    private final BlockingQueue<byte[]> answers = new LinkedBlockingQueue<>();
    private Upstream upstream;
    private Lab lab;

    @BeforeEach
    void start() throws IOException {
        upstream = Upstream.of(this::talk);
        lab = new Lab(upstream.port());
    }

    @AfterEach
    void stop() throws IOException {
        lab.close();
        upstream.close();
    }

    /** Answers before it has read anything, or behind that. */
    private void talk(Socket socket) throws IOException {
        byte[] answer = answers.remove();
        boolean early = answer.length % 2 == 0;
        if (early) {
            socket.getOutputStream().write(answer);
        }
        received.add(socket.getInputStream().readAllBytes());
        if (!early) {
            socket.getOutputStream().write(answer);
        }
    }

    private static byte[] text(List<String> messages, RandomGenerator random) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int count = 1 + random.nextInt(8);
        for (int i = 0; i < count; i++) {
            out.writeBytes(messages.get(random.nextInt(messages.size())).getBytes(StandardCharsets.ISO_8859_1));
        }
        byte[] bytes = out.toByteArray();
        int changes = random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(3)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] = (byte) "\r\n :0".charAt(random.nextInt(5));
                default -> {
                    byte[] shorter = new byte[bytes.length - 1];
                    System.arraycopy(bytes, 0, shorter, 0, at);
                    System.arraycopy(bytes, at + 1, shorter, at, shorter.length - at);
                    bytes = shorter;
                }
            }
        }
        return bytes;
    }

    /** Sends in pieces, ends, and returns what comes back until the end or a reset. */
    private byte[] exchange(byte[] requests, RandomGenerator random) throws IOException {
        ByteArrayOutputStream back = new ByteArrayOutputStream();
        try (Socket socket = lab.connect()) {
            socket.setTcpNoDelay(true);
            int at = 0;
            while (at < requests.length) {
                int length = Math.min(requests.length - at, 1 + random.nextInt(60));
                socket.getOutputStream().write(requests, at, length);
                at += length;
            }
            socket.shutdownOutput();
            socket.getInputStream().transferTo(back);
        } catch (SocketException e) {
            // One of the faults is a reset.
            assertThat(e).hasMessageMatching(".*(reset|Broken pipe|closed).*");
        }
        return back.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1})
    void passesWhatIsNotHitAsItIs(long more) throws Exception {
        for (String type : TYPES) {
            lab.addToxic("{\"type\":\"http_%s\",\"attributes\":{\"path\":\"/nowhere\"}}".formatted(type));
        }
        SplittableRandom random = new SplittableRandom(SEED + more);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] requests = text(REQUESTS, random);
            byte[] responses = text(RESPONSES, random);
            answers.add(responses);

            byte[] back = exchange(requests, random);

            assertThat(received.poll(Lab.PATIENCE_MILLIS, TimeUnit.MILLISECONDS))
                    .isEqualTo(requests);
            assertThat(back).isEqualTo(responses);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"type\":\"http_status\",\"attributes\":{\"rate\":0.5}",
                "\"type\":\"http_latency\",\"attributes\":{\"rate\":0.5,\"latency\":5}",
                "\"type\":\"http_headers\",\"attributes\":{\"rate\":0.5}",
                "\"type\":\"http_replace\",\"attributes\":{\"rate\":0.5}",
                "\"type\":\"http_corrupt\",\"attributes\":{\"rate\":0.5}",
                "\"type\":\"http_drip\",\"attributes\":{\"rate\":0.5,\"bytes\":3,\"interval\":1}",
                "\"type\":\"http_truncate\",\"attributes\":{\"rate\":0.5,\"bytes\":4}",
                "\"type\":\"http_truncate\",\"attributes\":{\"rate\":0.5,\"bytes\":2,\"reset\":1}"
            })
    void neverHangsWhateverIsHit(String toxic) throws Exception {
        lab.addToxic("{%s}".formatted(toxic));
        SplittableRandom random = new SplittableRandom(SEED + 2);
        for (int round = 0; round < ROUNDS; round++) {
            answers.add(text(RESPONSES, random));

            exchange(text(REQUESTS, random), random);
        }

        assertThat(ProxyingIT.becomesTrue(() -> lab.openConnections() == 0)).isTrue();
        assertThat(ProxyingIT.becomesTrue(() -> upstream.openConnections() == 0))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 4})
    void neverHangsWhileFaultsComeAndGo(long more) throws Exception {
        SplittableRandom random = new SplittableRandom(SEED + more);
        AtomicBoolean stop = new AtomicBoolean();
        Thread changes = new Thread(() -> {
            for (int i = 0; !stop.get(); i++) {
                lab.addToxic("{\"type\":\"http_%s\"}".formatted(TYPES.get(i % TYPES.size())));
                if (i % 3 == 2) {
                    lab.reset();
                }
            }
        });
        changes.start();

        for (int round = 0; round < ROUNDS; round++) {
            answers.add(text(RESPONSES, random));
            exchange(text(REQUESTS, random), random);
        }
        stop.set(true);
        changes.join();

        assertThat(ProxyingIT.becomesTrue(() -> lab.openConnections() == 0)).isTrue();
    }
}

package dev.stabilitylab.faultinjector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakCheck.class)
@Timeout(60)
class ProxyingIT {

    private static final int LARGE = 64 * 1024 * 1024;

    @Test
    void passesALargePayloadUnchangedInBothDirections() throws Exception {
        byte[] payload = new byte[LARGE];
        new Random(1).nextBytes(payload);
        try (Upstream upstream = Upstream.echo();
                Lab lab = new Lab(upstream.port());
                Socket socket = lab.connect()) {

            CompletableFuture<Void> sending =
                    CompletableFuture.runAsync(() -> sendAndEnd(socket, payload), task -> new Thread(task).start());
            MessageDigest received = MessageDigest.getInstance("SHA-256");
            long count = new DigestInputStream(socket.getInputStream(), received)
                    .transferTo(OutputStream.nullOutputStream());
            sending.get(30, TimeUnit.SECONDS);

            assertThat(count).isEqualTo(LARGE);
            assertThat(received.digest())
                    .isEqualTo(MessageDigest.getInstance("SHA-256").digest(payload));
        }
    }

    @Test
    void letsTheOtherDirectionGoOnAfterOneHasEnded() throws Exception {
        try (Upstream upstream = Upstream.of(socket -> {
                    byte[] request = socket.getInputStream().readAllBytes();
                    socket.getOutputStream().write(("got " + request.length).getBytes(StandardCharsets.UTF_8));
                });
                Lab lab = new Lab(upstream.port());
                Socket socket = lab.connect()) {

            sendAndEnd(socket, new byte[1000]);
            byte[] answer = socket.getInputStream().readAllBytes();

            assertThat(answer).asString(StandardCharsets.UTF_8).isEqualTo("got 1000");
        }
    }

    @Test
    void passesAWholeLargeAnswerToAClientThatHasEnded() throws Exception {
        byte[] payload = new byte[LARGE / 4];
        new Random(1).nextBytes(payload);
        try (Upstream upstream = Upstream.of(socket -> {
                    int end = socket.getInputStream().read();
                    socket.getOutputStream().write(payload);
                    assertThat(end).isEqualTo(-1);
                });
                Lab lab = new Lab(upstream.port());
                Socket socket = lab.connect()) {

            socket.shutdownOutput();

            assertThat(socket.getInputStream().readAllBytes()).isEqualTo(payload);
        }
    }

    @Test
    void passesAWholeLargeRequestToAnUpstreamThatHasEnded() throws Exception {
        byte[] payload = new byte[LARGE / 4];
        new Random(1).nextBytes(payload);
        CompletableFuture<byte[]> received = new CompletableFuture<>();
        try (Upstream upstream = Upstream.of(socket -> {
                    socket.shutdownOutput();
                    received.complete(socket.getInputStream().readAllBytes());
                });
                Lab lab = new Lab(upstream.port());
                Socket socket = lab.connect()) {
            assertThat(socket.getInputStream().read()).isEqualTo(-1);

            sendAndEnd(socket, payload);

            assertThat(received.get(30, TimeUnit.SECONDS)).isEqualTo(payload);
        }
    }

    @Test
    void letsTheClientGoOnAfterTheUpstreamHasEnded() throws Exception {
        CompletableFuture<byte[]> received = new CompletableFuture<>();
        try (Upstream upstream = Upstream.of(socket -> {
                    socket.shutdownOutput();
                    received.complete(socket.getInputStream().readAllBytes());
                });
                Lab lab = new Lab(upstream.port());
                Socket socket = lab.connect()) {

            int end = socket.getInputStream().read();
            sendAndEnd(socket, new byte[1000]);

            assertThat(end).isEqualTo(-1);
            assertThat(received.get(10, TimeUnit.SECONDS)).hasSize(1000);
        }
    }

    @Test
    void slowsTheSenderWhenTheReceiverDoesNotRead() throws Exception {
        AtomicLong sent = new AtomicLong();
        try (Upstream upstream = Upstream.of(socket -> {
                    byte[] chunk = new byte[64 * 1024];
                    for (int i = 0; i < LARGE / chunk.length; i++) {
                        socket.getOutputStream().write(chunk);
                        sent.addAndGet(chunk.length);
                    }
                });
                Lab lab = new Lab(upstream.port());
                Socket socket = lab.connect()) {

            waitUntilUnchanged(sent);
            long sentBeforeReading = sent.get();
            long received = socket.getInputStream().transferTo(OutputStream.nullOutputStream());

            // What the operating system's buffers take on the way, and not the rest.
            assertThat(sentBeforeReading).isLessThan(LARGE / 2);
            assertThat(received).isEqualTo(LARGE);
        }
    }

    @Test
    void closesTheClientsConnectionWhenTheUpstreamRefuses() throws Exception {
        int nobody;
        try (ServerSocket closed = new ServerSocket(0)) {
            nobody = closed.getLocalPort();
        }
        try (Lab lab = new Lab(nobody);
                Socket socket = lab.connect()) {

            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void closesTheUpstreamsConnectionWhenTheClientIsGone() throws Exception {
        try (Upstream upstream = Upstream.echo();
                Lab lab = new Lab(upstream.port())) {
            for (int i = 0; i < 200; i++) {
                try (Socket socket = lab.connect()) {
                    socket.getOutputStream().write('a');
                    assertThat(socket.getInputStream().read()).isEqualTo('a');
                    if (i % 2 == 0) {
                        socket.setSoLinger(true, 0);
                    }
                }
            }

            assertThat(becomesTrue(() -> upstream.openConnections() == 0)).isTrue();
        }
    }

    private static void sendAndEnd(Socket socket, byte[] payload) {
        try {
            socket.getOutputStream().write(payload);
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void waitUntilUnchanged(AtomicLong value) throws InterruptedException {
        long before = -1;
        while (value.get() == 0 || value.get() != before) {
            before = value.get();
            TimeUnit.MILLISECONDS.sleep(Lab.SILENCE_MILLIS);
        }
    }

    static boolean becomesTrue(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Lab.PATIENCE_MILLIS);
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        return condition.getAsBoolean();
    }
}

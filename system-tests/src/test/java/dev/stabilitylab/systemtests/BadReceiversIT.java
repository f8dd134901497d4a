package dev.stabilitylab.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a service is like whose spans and log records nobody takes. */
@Timeout(240)
class BadReceiversIT {

    /** More spans, and with several of them each more log records, than their queues and what is on its way have room for. */
    private static final int REQUESTS = 1000;

    private static final int AT_ONCE = 20;

    @TempDir
    Path directory;

    @Test
    void aReceiverThatIsDownHangsOrNeverReadsNeitherStopsRequestsNorShutdown() throws Exception {
        try (Receiver down = new Receiver(Habit.IS_DOWN);
                Receiver hangs = new Receiver(Habit.HANGS);
                Receiver neverReads = new Receiver(Habit.NEVER_READS);
                Service withoutReceiver = new Service(directory, down);
                Service withHanging = new Service(directory, hangs);
                Service withUnread = new Service(directory, neverReads)) {
            List<Service> services = List.of(withoutReceiver, withHanging, withUnread);

            for (Service service : services) {
                service.awaitReadiness();
                service.takeRequests();
            }
            assertThat(List.of(hangs.accepted(), neverReads.accepted())).doesNotContain(0);
            services.forEach(Service::askToEnd);

            // One for what is still queued, of the ten that Docker gives; the rest is the service's own.
            for (Service service : services) {
                assertThat(service.hasEndedWithin(5)).as(service.log()).isTrue();
            }
        }
    }

    private enum Habit {
        IS_DOWN,
        HANGS,
        NEVER_READS
    }

    /** Accepts connections, unless it is down, and answers none. */
    private static final class Receiver implements AutoCloseable {

        private final ServerSocket server;
        private final int port;
        private final List<Socket> accepted = new ArrayList<>();

        Receiver(Habit habit) throws IOException {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            port = server.getLocalPort();
            if (habit == Habit.IS_DOWN) {
                server.close();
            } else {
                Thread acceptor = new Thread(() -> accept(habit), habit.name());
                acceptor.setDaemon(true);
                acceptor.start();
            }
        }

        private void accept(Habit habit) {
            try {
                while (true) {
                    Socket socket = server.accept();
                    synchronized (accepted) {
                        accepted.add(socket);
                    }
                    if (habit == Habit.HANGS) {
                        Thread reader = new Thread(() -> read(socket), "reader");
                        reader.setDaemon(true);
                        reader.start();
                    }
                }
            } catch (IOException closed) {
                // The end of the test.
            }
        }

        private static void read(Socket socket) {
            try (InputStream input = socket.getInputStream()) {
                input.skip(Long.MAX_VALUE);
            } catch (IOException closed) {
                // The end of the test, or of the service's patience.
            }
        }

        int accepted() {
            synchronized (accepted) {
                return accepted.size();
            }
        }

        @Override
        public void close() throws IOException {
            server.close();
            synchronized (accepted) {
                for (Socket socket : accepted) {
                    socket.close();
                }
            }
        }
    }

    /** Auth, which makes a span and several log records of a request. */
    private static final class Service implements AutoCloseable {

        private final Process process;
        private final Path output;
        private final int port;
        private final int managementPort;

        Service(Path directory, Receiver receiver) throws IOException {
            port = freePort();
            managementPort = freePort();
            output = Files.createTempFile(directory, "auth", ".log");
            process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-Xmx64m",
                            "-XX:+ExitOnOutOfMemoryError",
                            "-jar",
                            Project.file("auth-service/target/auth-service.jar").toString(),
                            "--spring.profiles.active=tracing",
                            "--service-kit.tracing.endpoint=http://127.0.0.1:" + receiver.port,
                            "--management.tracing.opentelemetry.export.max-queue-size=512",
                            "--management.tracing.opentelemetry.export.max-batch-size=128",
                            "--logging.level.org.springframework.web.servlet=debug",
                            "--server.port=" + port,
                            "--management.server.port=" + managementPort)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
        }

        void awaitReadiness() {
            await("readiness")
                    .atMost(Duration.ofMinutes(2))
                    .ignoreExceptions()
                    .until(() -> PrometheusApi.HTTP
                                    .send(
                                            request(managementPort, "/actuator/health/readiness")
                                                    .build(),
                                            BodyHandlers.discarding())
                                    .statusCode()
                            == 200);
        }

        /** Each is answered in the time that a caller's attempt has. */
        void takeRequests() {
            Stream<CompletableFuture<Void>> users = IntStream.range(0, AT_ONCE)
                    .mapToObj(user ->
                            CompletableFuture.runAsync(this::takeShare, command -> new Thread(command).start()));
            CompletableFuture.allOf(users.toArray(CompletableFuture[]::new)).join();
        }

        private void takeShare() {
            HttpRequest request = request(port, "/authenticate")
                    .header("Authorization", "Token 0x132")
                    .POST(BodyPublishers.noBody())
                    .build();
            try {
                for (int i = 0; i < REQUESTS / AT_ONCE; i++) {
                    HttpResponse<Void> answer = PrometheusApi.HTTP.send(request, BodyHandlers.discarding());
                    assertThat(answer.statusCode()).isEqualTo(200);
                }
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        void askToEnd() {
            process.destroy();
        }

        boolean hasEndedWithin(int seconds) throws InterruptedException {
            return process.waitFor(seconds, TimeUnit.SECONDS);
        }

        String log() throws IOException {
            return Files.readString(output);
        }

        private static HttpRequest.Builder request(int port, String path) {
            return HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port, path)))
                    .timeout(Duration.ofSeconds(2));
        }

        private static int freePort() throws IOException {
            try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                return any.getLocalPort();
            }
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}

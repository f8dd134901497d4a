package dev.stabilitylab.lab.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.stabilitylab.lab.http.SelectorThreads;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class FaultLogIT {

    private static final String EVENTS = """
            :

            id: 7
            event: toxic-added
            data: {"event":"toxic-added"}

            :

            id: 8
            event: toxic-removed
            data: {"event":"toxic-removed"}

            """;

    private final List<String> said = new CopyOnWriteArrayList<>();
    private final CountDownLatch told = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer injector;
    private Path file;

    @BeforeEach
    void listen(@TempDir Path directory) throws IOException {
        file = directory.resolve("faults.ndjson");
        injector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        injector.setExecutor(threads);
        injector.createContext("/events", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream body = exchange.getResponseBody()) {
                body.write(EVENTS.getBytes(StandardCharsets.UTF_8));
                body.flush();
                told.countDown();
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        injector.start();
    }

    @AfterEach
    void stop() {
        end.countDown();
        injector.stop(0);
        threads.shutdownNow();
    }

    @Test
    void writesTheDataOfEventsALineEach() throws Exception {
        try (FaultLog log = start()) {
            assertThat(log).isNotNull();
            assertThat(told.await(10, TimeUnit.SECONDS)).isTrue();
        }

        assertThat(file).content().isEqualTo("""
                {"event":"toxic-added"}
                {"event":"toxic-removed"}
                """);
        assertThat(said).isEmpty();
    }

    @Test
    void replacesTheLogOfAnEarlierRun() throws Exception {
        Files.writeString(file, "old");

        Objects.requireNonNull(start()).close();

        assertThat(file).content().doesNotContain("old");
    }

    @Test
    void leavesNoClientOpen() throws Exception {
        Set<Thread> before = SelectorThreads.alive();

        for (int run = 0; run < 3; run++) {
            Objects.requireNonNull(start()).close();
        }

        Set<Thread> started = SelectorThreads.alive();
        started.removeAll(before);
        assertThat(started).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void saysThatTheLogIsNotCompleteWhenTheStreamEndsEarly() throws Exception {
        try (FaultLog log = start()) {
            assertThat(log).isNotNull();
            end.countDown();
            awaitAWord();
        }

        assertThat(said).containsExactly("faults.ndjson is not complete: the stream has ended.");
        assertThat(file).content().contains("toxic-removed");
    }

    @Test
    void saysThatThereIsNoLogWhenTheInjectorKnowsNoEvents() throws Exception {
        injector.removeContext("/events");

        assertThat(start()).isNull();

        assertThat(said).hasSize(1).first().asString().contains("No faults.ndjson", "status 404");
    }

    @Test
    void saysThatThereIsNoLogWhenNobodyIsThere() throws Exception {
        injector.stop(0);

        assertThat(start()).isNull();

        assertThat(said).hasSize(1).first().asString().contains("No faults.ndjson", "tells no events");
    }

    private @Nullable FaultLog start() throws InterruptedException {
        String address = "http://127.0.0.1:%d".formatted(injector.getAddress().getPort());
        return FaultLog.start(URI.create(address), file, said::add);
    }

    private void awaitAWord() throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (said.isEmpty() && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }
}

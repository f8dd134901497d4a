package dev.stabilitylab.labtests;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A service as its jar starts it, on a port of its own; it ends when this process does. */
final class ServiceProcess implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Process process;
    private final int port;

    private ServiceProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Returns when it is ready. */
    static ServiceProcess start(String module, int port, Path log, List<String> settings) throws Exception {
        int management = freePort();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-jar",
                Path.of("..", module, "target", module + ".jar").toString(),
                "--server.port=" + port,
                "--management.server.port=" + management,
                "--service-kit.stop-when-orphaned=true"));
        settings.forEach(setting -> command.add("--" + setting));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        ServiceProcess service = new ServiceProcess(process, port);
        service.awaitReady(URI.create("http://127.0.0.1:%d/actuator/health/readiness".formatted(management)));
        return service;
    }

    private void awaitReady(URI readiness) throws Exception {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!isReady(readiness)) {
            if (!process.isAlive() || System.nanoTime() > end) {
                close();
                throw new AssertionError("%s did not get ready; its log says why".formatted(readiness));
            }
            Thread.sleep(50);
        }
    }

    private static boolean isReady(URI readiness) throws InterruptedException {
        try {
            return HTTP.send(HttpRequest.newBuilder(readiness).build(), BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Sends a request with a token. */
    HttpResponse<String> get(String path, String token) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port, path)))
                        .header("Authorization", "Token " + token)
                        .timeout(LIMIT)
                        .build(),
                BodyHandlers.ofString());
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Kills it, and returns when it is gone. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}

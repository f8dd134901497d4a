package dev.stabilitylab.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A real Prometheus with the project's configuration and rules. Only where the targets come from is different: from files, which can be
 * changed at any time, since the names of docker-compose.yml mean nothing here.
 */
final class PrometheusServer implements AutoCloseable {

    private static final Path CONFIGURATION = Project.file("prometheus/prometheus.yml");
    private static final Duration READY = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final Path directory;
    private final Path log;
    private final List<String> jobs;
    private final PrometheusApi api;

    private PrometheusServer(Process process, Path directory, Path log, List<String> jobs, PrometheusApi api) {
        this.process = process;
        this.directory = directory;
        this.log = log;
        this.jobs = jobs;
        this.api = api;
    }

    /** Starts one without targets, on a free port, with its data in this directory. */
    static PrometheusServer start(Tool prometheus, Path directory) throws IOException {
        List<String> jobs = new ArrayList<>();
        Path configuration = directory.resolve("prometheus.yml");
        Files.writeString(configuration, configuration(directory, jobs));
        Path log = directory.resolve("prometheus.log");
        int port = freePort();
        Process process = new ProcessBuilder(
                        prometheus.executable().toString(),
                        "--config.file=" + configuration,
                        "--storage.tsdb.path=" + directory.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        PrometheusApi api = new PrometheusApi(URI.create("http://127.0.0.1:" + port));
        PrometheusServer server = new PrometheusServer(process, directory, log, jobs, api);
        server.awaitReady();
        return server;
    }

    private static String configuration(Path directory, List<String> jobs) {
        JsonNode configuration = YamlFile.read(CONFIGURATION);
        ((ObjectNode) configuration)
                .putArray("rule_files")
                .add(CONFIGURATION.resolveSibling("rules").resolve("*.yml").toString());
        for (JsonNode job : configuration.path("scrape_configs")) {
            String name = job.path("job_name").asText();
            jobs.add(name);
            ObjectNode changed = (ObjectNode) job;
            changed.properties().removeIf(field -> field.getKey().endsWith("_sd_configs"));
            changed.remove("static_configs");
            changed.putArray("file_sd_configs")
                    .addObject()
                    .putArray("files")
                    .add(targets(directory, name).toString());
        }
        return configuration.toString();
    }

    /** Which HOST:PORT to scrape for a job, in place of those before. Seen within moments. */
    void scrape(String job, List<String> targets) throws IOException {
        if (!jobs.contains(job)) {
            throw new IllegalArgumentException("there is no job %s; the jobs are %s".formatted(job, jobs));
        }
        ObjectNode group = JSON.createObjectNode();
        targets.forEach(group.putArray("targets")::add);
        Path file = targets(directory, job);
        Path written = Files.writeString(file.resolveSibling(job + ".new"), "[" + group + "]");
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    }

    PrometheusApi api() {
        return api;
    }

    private void awaitReady() {
        await("Prometheus is ready").atMost(READY).until(() -> {
            assertThat(process.isAlive())
                    .as(() -> "Prometheus lives; its log is " + Project.text(log))
                    .isTrue();
            return api.isReady();
        });
    }

    private static Path targets(Path directory, String job) {
        return directory.resolve(job + ".json");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        try {
            if (!process.destroyForcibly().waitFor(10, TimeUnit.SECONDS)) {
                throw new AssertionError("Prometheus does not end, though it was killed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

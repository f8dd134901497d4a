package dev.stabilitylab.faultinjector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stabilitylab.faultinjector.conformance.Api;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Ends rather than live on with faults that nobody can take off. */
@Timeout(120)
class OutOfMemoryIT {

    private static final long PATIENCE_SECONDS = 30;
    private static final Pattern LISTENING = Pattern.compile("auth: listening at 127.0.0.1:(\\d+), upstream .*");
    private static final Pattern CONTROL = Pattern.compile("control API: listening at http://127.0.0.1:(\\d+)");

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void stop() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void endsWhenTheHeapIsFull() throws Exception {
        Process process = start(1, "-Xmx24m");
        Api api = new Api("http://127.0.0.1:" + port(CONTROL, readUntilReady(process)));
        String body = "x".repeat(65_000);

        try {
            for (int proxy = 0; proxy < 100; proxy++) {
                String name = "p" + proxy;
                api.post("/proxies", "{\"name\":\"%s\",\"upstream\":\"127.0.0.1:1\"}".formatted(name));
                for (int toxic = 0; toxic < 100; toxic++) {
                    api.post(
                            "/proxies/%s/toxics".formatted(name),
                            "{\"name\":\"t%d\",\"type\":\"http_status\",\"attributes\":{\"body\":\"%s\"}}"
                                    .formatted(toxic, body));
                }
            }
        } catch (AssertionError notAnswered) {
            // That is how it looks from here.
        }

        assertEnded(process);
    }

    @Test
    void endsWhenThereIsNoDirectMemory() throws Exception {
        try (Upstream upstream = Upstream.of(socket -> socket.getInputStream().readAllBytes())) {
            Process process = start(upstream.port(), "-Xmx128m", "-XX:MaxDirectMemorySize=6m");
            String output = readUntilReady(process);
            new Api("http://127.0.0.1:" + port(CONTROL, output))
                    .post(
                            "/proxies/auth/toxics",
                            "{\"type\":\"latency\",\"stream\":\"upstream\",\"attributes\":{\"latency\":3600000}}")
                    .require(200);
            int port = port(LISTENING, output);

            List<Thread> clients = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                Thread client = new Thread(() -> send(port));
                client.setDaemon(true);
                client.start();
                clients.add(client);
            }

            assertEnded(process);
            for (Thread client : clients) {
                client.join();
            }
        }
    }

    /** More than it can hold. */
    private static void send(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            for (int i = 0; i < 256; i++) {
                socket.getOutputStream().write(new byte[64 * 1024]);
            }
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException ended) {
            // As it is to be.
        }
    }

    private static void assertEnded(Process process) throws Exception {
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(3);
        assertThat(new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("fault-injector: out of memory");
    }

    private Process start(int upstreamPort, String... options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of(
                "-jar",
                Path.of("target", "fault-injector.jar").toString(),
                "--port=0",
                "--proxy=auth=127.0.0.1:0,127.0.0.1:%d".formatted(upstreamPort)));
        Process process = new ProcessBuilder(command).start();
        started.add(process);
        return process;
    }

    private static String readUntilReady(Process process) throws IOException {
        BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
        StringBuilder output = new StringBuilder();
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            output.append(line).append('\n');
            if (line.contains("ready after")) {
                // Whoever writes must not wait for one who does not read.
                Thread drain = new Thread(() -> reader.lines().forEach(unread -> {}));
                drain.setDaemon(true);
                drain.start();
                return output.toString();
            }
        }
        throw new AssertionError("it never got ready: " + output);
    }

    private static int port(Pattern pattern, String output) {
        Matcher matcher = pattern.matcher(output);
        assertThat(matcher.find()).isTrue();
        return Integer.parseInt(matcher.group(1));
    }
}

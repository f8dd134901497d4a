package dev.stabilitylab.faultinjector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ProcessIT {

    private static final long PATIENCE_SECONDS = 20;
    private static final Pattern LISTENING = Pattern.compile("auth: listening at 127.0.0.1:(\\d+), upstream .*");

    private final List<Process> started = new ArrayList<>();

    @TempDir
    private Path directory;

    @AfterEach
    void stop() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void saysWhereItListensAndThatItIsReady() throws IOException {
        Path file = Files.writeString(
                directory.resolve("proxies.json"),
                "[{\"name\":\"other\",\"listen\":\"127.0.0.1:0\",\"upstream\":\"127.0.0.1:1\",\"enabled\":true}]");

        String output = readUntilReady(start("--port=0", auth(1), "--config=" + file, "--seed=7"));

        assertThat(output)
                .containsPattern(LISTENING)
                .contains("other: listening at 127.0.0.1:", "control API: listening at http://127.0.0.1:", "seed 7");
    }

    @Test
    void stopsOnATerminationSignalWithOpenConnections() throws Exception {
        try (Upstream upstream = Upstream.echo()) {
            Process process = start("--port=0", auth(upstream.port()));
            Matcher listening = LISTENING.matcher(readUntilReady(process));
            assertThat(listening.find()).isTrue();
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(listening.group(1)))) {
                socket.getOutputStream().write('a');
                assertThat(socket.getInputStream().read()).isEqualTo('a');

                process.destroy();

                assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
                assertThat(process.exitValue()).isEqualTo(143);
            }
        }
    }

    @Test
    void stopsWhenStandardInputEnds() throws Exception {
        Process process = start("--port=0", auth(1), "--stop-when-orphaned");
        readUntilReady(process);

        process.getOutputStream().close();

        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    @Test
    void namesATakenPortAndAWayOut() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();

            Process control = start("--port=" + port);
            Process proxy = start("--port=0", "--proxy=auth=127.0.0.1:%d,127.0.0.1:1".formatted(port));

            assertThat(complaint(control))
                    .contains("the control API cannot listen at 127.0.0.1:" + port, "choose another with --port")
                    .hasLineCount(1);
            assertThat(complaint(proxy))
                    .contains("auth cannot listen at 127.0.0.1:" + port, "free the port or choose another")
                    .hasLineCount(1);
        }
    }

    private static String complaint(Process process) throws IOException, InterruptedException {
        String text = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(2);
        return text;
    }

    private static String auth(int upstreamPort) {
        return "--proxy=auth=127.0.0.1:0,127.0.0.1:%d".formatted(upstreamPort);
    }

    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                FaultInjectorApplication.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).start();
        started.add(process);
        return process;
    }

    private static String readUntilReady(Process process) throws IOException {
        BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder output = new StringBuilder();
        String line = reader.readLine();
        while (line != null) {
            output.append(line).append('\n');
            if (line.contains("ready after")) {
                return output.toString();
            }
            line = reader.readLine();
        }
        throw new AssertionError("it never got ready: " + output);
    }
}

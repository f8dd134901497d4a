package dev.stabilitylab.faultinjector;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stabilitylab.faultinjector.conformance.Api;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ProcessIT {

    private static final long PATIENCE_SECONDS = 20;
    private static final int MANY = 200;
    private static final Pattern LISTENING = Pattern.compile("auth: listening at 127.0.0.1:(\\d+), upstream .*");

    private static final Pattern CONTROL = Pattern.compile("control API: listening at http://127.0.0.1:(\\d+)");

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
    void beginsWithTheToxicsOfTheConfiguration() throws Exception {
        try (Upstream upstream = Upstream.echo()) {
            Path file = Files.writeString(directory.resolve("proxies.json"), """
                    [{"name": "auth", "listen": "127.0.0.1:0", "upstream": "127.0.0.1:%d",
                      "toxics": [{"type": "reset_peer"}, {"type": "latency", "delay": 60000, "attributes": {"latency": 1}}]}]
                    """.formatted(upstream.port()));

            String output = readUntilReady(start("--port=0", "--config=" + file));

            assertThat(output)
                    .contains("auth: toxic added: reset_peer_downstream", "auth: toxic added: latency_downstream");
            try (Socket client = connect(port(LISTENING, output))) {
                client.getOutputStream().write('a');
                assertHungUp(client);
            }
        }
    }

    @Test
    void reloadsItsConfiguration() throws Exception {
        String proxy = "{\"name\":\"%s\",\"listen\":\"127.0.0.1:0\",\"upstream\":\"%s\"}";
        Path file = Files.writeString(
                directory.resolve("proxies.json"), "[%s]".formatted(proxy.formatted("one", "127.0.0.1:1")));
        String output = readUntilReady(start("--port=0", auth(1), "--config=" + file));
        Api api = new Api("http://127.0.0.1:" + port(CONTROL, output));
        Files.writeString(file, "[%s]".formatted(proxy.formatted("two", "192.0.2.1:1")));

        api.post("/reload", "").require(200);
        Files.writeString(file, "[%s]".formatted(proxy.formatted("auth", "127.0.0.1:1")));
        Api.Reply twice = api.post("/reload", "");

        assertThat(api.get("/proxies").json().fieldNames()).toIterable().containsExactly("auth", "two");
        assertThat(twice.status()).isEqualTo(400);
        assertThat(twice.error()).contains("proxies.json; proxy 1: proxy auth is there twice; names must differ");
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
    void hangsUpOnEverybodyOnATerminationSignal() throws Exception {
        try (Upstream upstream = Upstream.of(socket -> socket.getInputStream().readAllBytes())) {
            Process process = start("--port=0", auth(upstream.port()));
            String output = readUntilReady(process);
            int control = port(CONTROL, output);
            try (Socket waiting = connect(port(LISTENING, output));
                    Socket events = connect(control)) {
                waiting.getOutputStream().write('a');
                events.getOutputStream()
                        .write("GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.UTF_8));
                assertThat(events.getInputStream().read()).isEqualTo('H');

                process.destroy();

                assertHungUp(waiting);
                // The end of a chunked answer, and not just of the connection.
                assertThat(new String(events.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                        .endsWith("0\r\n\r\n");
            }
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(143);
            assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> connect(control));
        }
    }

    @Test
    void hangsUpOnManyHalfOfWhomWaitForADelayedAnswer() throws Exception {
        List<Socket> clients = new ArrayList<>();
        try (Upstream upstream = Upstream.echo()) {
            Process process = start("--port=0", auth(upstream.port()));
            String output = readUntilReady(process);
            int port = port(LISTENING, output);
            for (int i = 0; i < MANY; i++) {
                clients.add(exchange(connect(port)));
            }
            new Api("http://127.0.0.1:" + port(CONTROL, output))
                    .post("/proxies/auth/toxics", "{\"type\":\"latency\",\"attributes\":{\"latency\":3600000}}")
                    .require(200);
            for (Socket client : clients.subList(0, MANY / 2)) {
                client.getOutputStream().write('b');
            }

            process.destroy();

            for (Socket client : clients) {
                assertHungUp(client);
            }
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(ProxyingIT.becomesTrue(() -> upstream.openConnections() == 0))
                    .isTrue();
        } finally {
            for (Socket client : clients) {
                client.close();
            }
        }
    }

    private static Socket exchange(Socket socket) throws IOException {
        socket.getOutputStream().write('a');
        assertThat(socket.getInputStream().read()).isEqualTo('a');
        return socket;
    }

    @Test
    void leavesNobodyHangingWhenItIsKilled() throws Exception {
        try (Upstream upstream = Upstream.of(socket -> socket.getInputStream().readAllBytes())) {
            Process process = start("--port=0", auth(upstream.port()));
            String output = readUntilReady(process);
            int port = port(LISTENING, output);
            try (Socket idle = connect(port);
                    Socket waiting = connect(port)) {
                waiting.getOutputStream().write('a');
                assertThat(ProxyingIT.becomesTrue(() -> upstream.openConnections() == 2))
                        .isTrue();

                process.destroyForcibly();

                assertHungUp(idle);
                assertHungUp(waiting);
            }
            assertThat(ProxyingIT.becomesTrue(() -> upstream.openConnections() == 0))
                    .isTrue();
            // The kernel may close connections first and the socket that listens last: ask once all is closed.
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> connect(port));
        }
    }

    private static int port(Pattern pattern, String output) {
        Matcher matcher = pattern.matcher(output);
        assertThat(matcher.find()).isTrue();
        return Integer.parseInt(matcher.group(1));
    }

    private static Socket connect(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        return socket;
    }

    /** By an end or a reset; silence until the timeout of the socket fails. */
    private static void assertHungUp(Socket socket) throws IOException {
        try {
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        } catch (SocketException e) {
            assertThat(e).hasMessageContaining("reset");
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
    void writesWhatIsGivenFromOutsideOnASingleShortLineOfItsLog() throws Exception {
        Process process = start("--port=0", auth(1), "--stop-when-orphaned");
        String output = readUntilReady(process);
        String body = "two\\n2026-01-01T00:00:00.000Z ERROR lines" + "!".repeat(2000);

        new Api("http://127.0.0.1:" + port(CONTROL, output))
                .post(
                        "/proxies/auth/toxics",
                        "{\"type\":\"http_status\",\"attributes\":{\"body\":\"%s\"}}".formatted(body))
                .require(200);
        process.getOutputStream().close();

        assertThat(process.inputReader(StandardCharsets.UTF_8).lines())
                .filteredOn(line -> line.contains("lines!!!"))
                .singleElement(as(InstanceOfAssertFactories.STRING))
                .contains(
                        "auth: toxic added: http_status_downstream (http_status, downstream, toxicity 1.0, {body=two?2026")
                .hasSizeLessThan(1100);
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
                "-jar",
                Path.of("target", "fault-injector.jar").toString()));
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

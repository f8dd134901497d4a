package dev.stabilitylab.faultinjector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs of the program with a seed, each a process of its own. */
@Timeout(180)
class SeedIT {

    private static final int CONNECTIONS = 200;
    private static final Pattern READY = Pattern.compile(
            "cuts: listening at \\S+:(\\d+),.*swallows: listening at \\S+:(\\d+),"
                    + ".*control API: listening at (http://\\S+).*ready after",
            Pattern.DOTALL);

    @Test
    void makesTheSameDecisionsWithTheSameSeedAndOthersWithAnother() throws Exception {
        try (Upstream upstream = Upstream.echo()) {
            String first = decisions(upstream, 7);
            String second = decisions(upstream, 7);
            String other = decisions(upstream, 8);

            assertThat(first).contains("hit echo", "echo hit");
            assertThat(second).isEqualTo(first);
            assertThat(other).isNotEqualTo(first);
        }
    }

    /** So that both workers have clients to begin with at the same time. */
    @Test
    void makesTheSameDecisionsForClientsThatComeInARow() throws Exception {
        try (Upstream upstream = Upstream.echo()) {
            String first = decisionsInARow(upstream);

            assertThat(first).contains("hit echo", "echo hit");
            assertThat(decisionsInARow(upstream)).isEqualTo(first);
        }
    }

    private static String decisionsInARow(Upstream upstream) throws IOException, InterruptedException {
        Process process = start(upstream, 42);
        List<Socket> sockets = new ArrayList<>();
        try {
            Matcher ready = awaitReady(process);
            addToxic(ready.group(3), "cuts", "{\"type\":\"reset_peer\",\"toxicity\":0.5}");
            for (int i = 0; i < CONNECTIONS; i++) {
                sockets.add(new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(ready.group(1))));
            }
            StringBuilder outcomes = new StringBuilder();
            for (Socket socket : sockets) {
                outcomes.append(outcome(socket)).append(' ');
            }
            return outcomes.toString();
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
            process.destroy();
            process.waitFor();
        }
    }

    /** What became of each connection, through a proxy that cuts some and one that swallows what some get. */
    private static String decisions(Upstream upstream, long seed) throws IOException, InterruptedException {
        Process process = start(upstream, seed);
        try {
            Matcher ready = awaitReady(process);
            addToxic(ready.group(3), "cuts", "{\"type\":\"reset_peer\",\"toxicity\":0.3}");
            addToxic(
                    ready.group(3),
                    "swallows",
                    "{\"type\":\"timeout\",\"toxicity\":0.3,\"attributes\":{\"timeout\":1}}");
            StringBuilder outcomes = new StringBuilder();
            for (int i = 0; i < CONNECTIONS; i++) {
                // One after the other, since connections are counted as they come.
                outcomes.append(outcome(Integer.parseInt(ready.group(1)))).append(' ');
                outcomes.append(outcome(Integer.parseInt(ready.group(2)))).append('\n');
            }
            return outcomes.toString();
        } finally {
            process.destroy();
            process.waitFor();
        }
    }

    private static String outcome(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return outcome(socket);
        }
    }

    private static String outcome(Socket socket) throws IOException {
        try {
            socket.setSoTimeout(Lab.PATIENCE_MILLIS);
            socket.getOutputStream().write('a');
            return socket.getInputStream().read() == 'a' ? "echo" : "hit";
        } catch (SocketException e) {
            // A connection that is closed looks like one that is cut when the byte comes too late.
            return "hit";
        }
    }

    private static void addToxic(String control, String proxy, String toxic) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("%s/proxies/%s/toxics".formatted(control, proxy)))
                .POST(BodyPublishers.ofString(toxic))
                .build();
        assertThat(Lab.HTTP.send(request, BodyHandlers.discarding()).statusCode())
                .isEqualTo(200);
    }

    private static Process start(Upstream upstream, long seed) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        FaultInjectorCommand.class.getName(),
                        "--port=0",
                        "--seed=" + seed,
                        "--proxy=cuts=127.0.0.1:0,127.0.0.1:" + upstream.port(),
                        "--proxy=swallows=127.0.0.1:0,127.0.0.1:" + upstream.port())
                .redirectErrorStream(true)
                .start();
    }

    private static Matcher awaitReady(Process process) throws IOException {
        BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder output = new StringBuilder();
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            output.append(line).append('\n');
            Matcher matcher = READY.matcher(output);
            if (matcher.find()) {
                return matcher;
            }
        }
        throw new AssertionError("it never got ready: " + output);
    }
}

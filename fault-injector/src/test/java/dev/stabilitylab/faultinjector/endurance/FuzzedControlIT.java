package dev.stabilitylab.faultinjector.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stabilitylab.faultinjector.BareInjector;
import dev.stabilitylab.faultinjector.LeakCheck;
import dev.stabilitylab.faultinjector.conformance.Api;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Senseless requests. Another seed: {@code -Dfuzz.seed=NUMBER}; more of them: {@code -Dfuzz.requests=NUMBER}. */
@ExtendWith(LeakCheck.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(600)
class FuzzedControlIT {

    private static final long SEED = Long.getLong("fuzz.seed", 20);
    private static final int REQUESTS = Integer.getInteger("fuzz.requests", 1500);
    private static final int CLIENTS = 8;
    private static final int PATIENCE_MILLIS = 20_000;
    private static final Pattern ANSWER = Pattern.compile("HTTP/1\\.1 (\\d{3}) .*?\r\n\r\n(.*)", Pattern.DOTALL);
    private static final String CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n";
    private static final ObjectMapper JSON = new ObjectMapper();

    private BareInjector injector;
    private Api api;

    @BeforeAll
    void start() throws IOException {
        injector = new BareInjector();
        api = new Api("http://127.0.0.1:" + injector.controlPort());
        api.post("/proxies", "{\"name\":\"one\",\"listen\":\"127.0.0.1:0\",\"upstream\":\"127.0.0.1:1\"}")
                .require(201);
        api.post("/proxies/one/toxics", "{\"name\":\"slow\",\"type\":\"latency\"}")
                .require(200);
    }

    @AfterAll
    void stop() {
        injector.close();
    }

    @Test
    void answersEverythingInTheErrorsShapeOrHangsUp() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        Junk junk = new Junk(SEED);
        List<Future<Boolean>> answered = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            String title = "seed %d, request %d".formatted(SEED, i);
            byte[] request = junk.next();
            answered.add(clients.submit(() -> isAnswered(title, request)));
        }
        int count = 0;
        for (Future<Boolean> one : answered) {
            count += one.get() ? 1 : 0;
        }
        clients.shutdown();

        assertThat(count).isGreaterThan(REQUESTS / 2);
        assertThat(api.get("/version").status()).isEqualTo(200);
        assertThat(api.get("/proxies").status()).isEqualTo(200);
        assertThat(api.post("/reset", "").status()).isEqualTo(204);
    }

    private boolean isAnswered(String title, byte[] request) throws IOException {
        String answer = exchange(request);
        try {
            assertSensible(answer);
            return !answer.isEmpty();
        } catch (AssertionError | IOException e) {
            throw new AssertionError("%s: %s%n%s".formatted(title, shown(request), answer), e);
        }
    }

    /** Nothing at all, or a mere "100 Continue", is a connection that was closed. */
    private static void assertSensible(String answer) throws IOException {
        String last = answer.startsWith(CONTINUE) ? answer.substring(CONTINUE.length()) : answer;
        if (last.isEmpty()) {
            return;
        }
        Matcher matcher = ANSWER.matcher(last);
        assertThat(matcher.matches()).as("an HTTP answer").isTrue();
        int status = Integer.parseInt(matcher.group(1));
        String body = matcher.group(2);
        assertThat(status).isBetween(200, 500);
        if (status >= 400 && !body.isEmpty()) {
            JsonNode error = JSON.readTree(body);
            assertThat(error.path("status").asInt()).isEqualTo(status);
            assertThat(error.path("error").asText()).isNotEmpty();
        }
        if (status == 500) {
            assertThat(body).contains("listen tcp");
        }
    }

    /** Sends, ends, and reads to the end. */
    private String exchange(byte[] request) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), injector.controlPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(request);
            socket.shutdownOutput();
            socket.getInputStream().transferTo(answer);
        } catch (SocketException cut) {
            // It hung up before it had read everything, which is its right. What it said counts.
            return answer.toString(StandardCharsets.UTF_8);
        }
        return answer.toString(StandardCharsets.UTF_8);
    }

    private static String shown(byte[] request) {
        return new String(Arrays.copyOf(request, Math.min(request.length, 1500)), StandardCharsets.ISO_8859_1);
    }
}

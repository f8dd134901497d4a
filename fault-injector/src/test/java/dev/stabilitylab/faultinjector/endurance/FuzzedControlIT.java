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
import java.util.Arrays;
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
    private static final int PATIENCE_MILLIS = 20_000;
    private static final Pattern ANSWER = Pattern.compile("HTTP/1\\.1 (\\d{3}) .*?\r\n\r\n(.*)", Pattern.DOTALL);
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
    void answersEverythingInTheErrorsShapeOrHangsUp() throws IOException {
        Junk junk = new Junk(SEED);
        int answered = 0;
        for (int i = 0; i < REQUESTS; i++) {
            byte[] request = junk.next();
            String answer = exchange(request);
            try {
                answered += answer.isEmpty() ? 0 : 1;
                assertSensible(answer);
            } catch (AssertionError e) {
                throw new AssertionError("seed %d, request %d: %s%n%s".formatted(SEED, i, shown(request), answer), e);
            }
        }

        assertThat(answered).isGreaterThan(REQUESTS / 2);
        assertThat(api.get("/version").status()).isEqualTo(200);
        assertThat(api.get("/proxies").status()).isEqualTo(200);
        assertThat(api.post("/reset", "").status()).isEqualTo(204);
    }

    /** Nothing at all is a connection that was closed. */
    private static void assertSensible(String answer) throws IOException {
        if (answer.isEmpty()) {
            return;
        }
        String last = answer.startsWith("HTTP/1.1 100") ? answer.substring(answer.indexOf("\r\n\r\n") + 4) : answer;
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
            try {
                socket.getOutputStream().write(request);
                socket.getInputStream().transferTo(answer);
            } catch (SocketException cut) {
                // It hung up before it had read everything, which is its right. What it said counts.
                return answer.toString(StandardCharsets.UTF_8);
            }
        }
        return answer.toString(StandardCharsets.UTF_8);
    }

    private static String shown(byte[] request) {
        return new String(Arrays.copyOf(request, Math.min(request.length, 1500)), StandardCharsets.ISO_8859_1);
    }
}

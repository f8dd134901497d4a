package dev.stabilitylab.servicekit.contract;

import static dev.stabilitylab.servicekit.contract.Problems.assertProblem;
import static dev.stabilitylab.servicekit.contract.Tokens.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.autoconfigure.actuate.observability.AutoConfigureObservability;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What every service does, whatever its endpoint is. Our own loggers are at their most talkative, to catch a token in a log. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"logging.level.dev.stabilitylab=debug", "service-kit.fault-switching=true"})
@AutoConfigureObservability(tracing = false)
@ExtendWith(OutputCaptureExtension.class)
public abstract class ServiceContract {

    private static final String GOOD_TOKEN = "Authorization: Token 0x132";

    private final String method;
    private final String path;
    private RawHttp http = new RawHttp(0);
    private RawHttp management = new RawHttp(0);

    /** The service's endpoint. */
    protected ServiceContract(String method, String path) {
        this.method = method;
        this.path = path;
    }

    @BeforeEach
    void connect(@LocalServerPort int port, @LocalManagementPort int managementPort) {
        http = new RawHttp(port);
        management = new RawHttp(managementPort);
    }

    /** Talks to the service. */
    protected final RawHttp http() {
        return http;
    }

    /** Talks to the service's management port. */
    protected final RawHttp management() {
        return management;
    }

    /** Calls the endpoint as a user who may. */
    protected final HttpAnswer callWell(String... moreHeaders) {
        return call(Stream.concat(Stream.of(GOOD_TOKEN), Stream.of(moreHeaders)).toArray(String[]::new));
    }

    /** Calls the endpoint. */
    protected final HttpAnswer call(String... headers) {
        return http.send(method, path, headers);
    }

    @ParameterizedTest
    @ValueSource(strings = {"readiness", "liveness"})
    void isUp(String probe) {
        assertThat(management.send("GET", "/actuator/health/" + probe).status()).isEqualTo(200);
    }

    @Test
    void exposesItsMetricsWithItsName() {
        callWell();

        HttpAnswer answer = management.send("GET", "/actuator/prometheus");

        assertThat(answer.body())
                .containsPattern("http_server_requests_seconds_bucket\\{application=\"[a-z]+-service\"")
                .contains("capacity_requests_active{", "capacity_requests_queued{", "capacity_requests_rejected_total{")
                .containsPattern("capacity_work_seconds_count\\{application=\"[a-z]+-service\",wanted=\"true\"")
                .containsPattern("capacity_work_seconds_count\\{application=\"[a-z]+-service\",wanted=\"false\"");
    }

    @Test
    void failsWhileAFaultIsActive() {
        HttpAnswer set = management.sendJson("PUT", "/actuator/faults/active?ttl=60s", "{\"errors\": {}}");
        HttpAnswer failed = callWell();
        HttpAnswer ended = management.send("DELETE", "/actuator/faults/active");

        assertThat(set.status()).as(set.toString()).isEqualTo(200);
        assertProblem(failed, 500);
        assertThat(failed.body()).contains("The service has an injected fault");
        assertThat(ended.status()).isEqualTo(200);
        assertThat(callWell().status()).isEqualTo(200);
    }

    @Test
    void isSlowWhileAFaultIsActive() {
        long start = System.nanoTime();

        management.sendJson("PUT", "/actuator/faults/active?ttl=60s", "{\"slowdown\": {\"latency\": \"300ms\"}}");
        HttpAnswer slow = callWell();
        management.send("DELETE", "/actuator/faults/active");

        assertThat(slow.status()).isEqualTo(200);
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(300_000_000L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/unknown", "/error", "/actuator/env", "/home/", "/favicon.ico", "//", "/%C3%A4"})
    void saysThatThereIsNothingAtAnUnknownPath(String unknown) {
        assertProblem(http.send("GET", unknown, GOOD_TOKEN), 404);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /actuator",
        "GET, /actuator/health",
        "GET, /actuator/prometheus",
        "GET, /actuator/upstreams",
        "PUT, /actuator/upstreams/auth/policy?ttl=60s",
        "PUT, /actuator/faults/active?ttl=60s",
        "DELETE, /actuator/faults/active"
    })
    void keepsItsManagementFromItsUsers(String method, String path) {
        assertProblem(http.send(method, path, GOOD_TOKEN), 404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/unknown", "/actuator/env", "/actuator/faults/unknown"})
    void saysThatThereIsNothingAtAnUnknownPathOfItsManagement(String unknown) {
        assertProblem(management.send("GET", unknown), 404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELETE", "PUT", "PATCH", "FOO"})
    void namesTheMethodsThatItSupports(String wrongMethod) {
        HttpAnswer answer = http.send(wrongMethod, path, GOOD_TOKEN);

        assertProblem(answer, 405);
        assertThat(answer.header("allow")).contains(method);
    }

    @Test
    void doesNotEchoARequestBack() {
        HttpAnswer answer = http.send("TRACE", path, "Authorization: Token " + SECRET);

        assertProblem(answer, 405);
        assertThat(answer.headers()).containsKey("allow");
    }

    @Test
    void tellsItsMethodsWithoutAToken() {
        HttpAnswer answer = http.send("OPTIONS", path);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("allow")).contains(method);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "gibberish", "*/", ";"})
    void refusesToAnswerInAnotherFormatThanJson(String accept) {
        assertProblem(callWell("Accept: " + accept), 406);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*/*", "application/json", "application/*;q=0.5, text/html"})
    void answersWithJson(String accept) {
        HttpAnswer answer = callWell("Accept: " + accept);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-type")).isEqualTo("application/json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GARBAGE\r\n\r\n",
                "GET /\u00e4 HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /a%2fb HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /../.. HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\nno colon\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: many\r\n\r\n",
            })
    void explainsThatARequestIsMalformed(String request) {
        assertProblem(http.sendRaw(request), 400);
    }

    @Test
    void explainsThatTheProtocolIsUnknown() {
        assertProblem(http.sendRaw("GET / HTTP/7.7\r\nHost: localhost\r\n\r\n"), 505);
    }

    @ParameterizedTest
    @ValueSource(ints = {9, 100})
    void explainsThatHeadersAreTooLong(int kibibytes) {
        HttpAnswer answer = call("Authorization: Token " + SECRET + "x".repeat(kibibytes * 1024));

        assertProblem(answer, 400);
        assertThat(answer.body()).contains("too long").doesNotContain(SECRET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/unknown", "/actuator"})
    void refusesAPreflight(String anyPath) {
        String[] preflight = {"Origin: http://other.example", "Access-Control-Request-Method: GET"};

        assertProblem(http.send("OPTIONS", path, preflight), 403);
        assertProblem(http.send("OPTIONS", anyPath, preflight), 403);
        assertProblem(management.send("OPTIONS", anyPath, "Origin: http://localhost", preflight[1]), 403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\nnot chunks",
                "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\nExpect: a miracle\r\nConnection: close\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost:99999999\r\nConnection: close\r\n\r\n",
                "CONNECT localhost:1 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "OPTIONS * HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET http://localhost/%00 HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /..;/..;/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
            })
    void explainsWhatTheServerRefusesByItself(String request) {
        assertProblemIfAnError(http.sendRaw(request));
        assertProblemIfAnError(management.sendRaw(request));
    }

    @Test
    void explainsEveryErrorOfFuzzedRequests() {
        Random random = new Random(1);
        String protocol = " HTTP/1.1\r\n";
        String request = method + " " + path + protocol + "Host: localhost\r\nAccept: application/json\r\n";

        for (int i = 0; i < 300; i++) {
            StringBuilder fuzzed = new StringBuilder(request);
            for (int change = random.nextInt(3); change >= 0; change--) {
                // Without line breaks: a request line without a protocol is HTTP/0.9, whose answers have no status.
                char any = (char) random.nextInt(256);
                fuzzed.setCharAt(random.nextInt(fuzzed.length()), any == '\r' || any == '\n' ? 'x' : any);
            }
            int afterPath = method.length() + 1 + path.length();
            fuzzed.replace(afterPath, afterPath + protocol.length(), protocol);
            assertProblemIfAnError((i % 2 == 0 ? http : management).sendRaw(fuzzed + "Connection: close\r\n\r\n"));
        }
    }

    private static void assertProblemIfAnError(HttpAnswer answer) {
        if (answer.status() >= 400) {
            assertProblem(answer, answer.status());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "-1", "0", "1.5", "3600001", "99999999999999999999", ""})
    void refusesAMalformedDeadline(String deadline) {
        assertProblem(callWell("Deadline-Remaining-Ms: " + deadline), 400);
    }

    @Test
    void answersWithinADeadlineThatIsLongEnough() {
        assertThat(callWell("Deadline-Remaining-Ms: 10000").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @MethodSource("dev.stabilitylab.servicekit.contract.Tokens#malformed")
    void challengesCallersWithoutAToken(List<String> headers, CapturedOutput output) {
        HttpAnswer answer = call(headers.toArray(String[]::new));

        Problems.assertUnauthorized(answer);
        assertThat(answer.toString()).doesNotContain(SECRET);
        assertThat(output.getAll()).doesNotContain(SECRET);
    }
}

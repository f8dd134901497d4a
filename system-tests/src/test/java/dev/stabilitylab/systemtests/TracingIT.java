package dev.stabilitylab.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stabilitylab.systemtests.OtlpReceiver.Entry;
import dev.stabilitylab.systemtests.OtlpReceiver.Span;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole system with the profile tracing, and a receiver that reads what it exports. */
@Timeout(240)
class TracingIT {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String CALLER = "b7ad6b7169203331";
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int OFFSET = LabProcess.freeOffset();

    @TempDir
    static Path directory;

    private static OtlpReceiver receiver;
    private static LabProcess lab;
    private static List<Span> trace;

    @BeforeAll
    static void askForAPageWhoseFirstAttemptFails() throws Exception {
        receiver = new OtlpReceiver();
        lab = LabProcess.start(
                directory,
                Map.of(
                        "SPRING_PROFILES_ACTIVE", "tracing",
                        "SERVICEKIT_TRACING_ENDPOINT", receiver.address(),
                        "LOGGING_LEVEL_ORG_SPRINGFRAMEWORK_WEB_SERVLET", "debug"),
                "up",
                "--homepages",
                "1",
                "--port-offset",
                Integer.toString(OFFSET));
        await("the system is up").atMost(LIMIT).until(() -> !lab.output().isBlank());
        post(8474, "/proxies/recommendations/toxics", """
                {"name": "busy", "type": "http_status", "attributes": {"status": 503, "times": 1, "mark": "X-Fault"}}
                """);
        assertThat(home().statusCode()).isEqualTo(200);
        await("the whole trace").atMost(LIMIT).until(TracingIT::hasWholeTrace);
        trace = receiver.spans().stream()
                .filter(span -> span.traceId().equals(TRACE))
                .toList();
    }

    @AfterAll
    static void stop() {
        lab.close();
        receiver.close();
    }

    @Test
    void continuesTheCallersTrace() {
        assertThat(page().parentId()).isEqualTo(CALLER);
    }

    @Test
    void showsEveryAttemptBelowItsCall() {
        Span call = one("homepage-service", "call recommendations");

        assertThat(call.parentId()).isEqualTo(page().id());
        assertThat(call.attributes()).containsEntry("outcome", "success").containsEntry("answer", "upstream");
        assertThat(attempt(1).parentId()).isEqualTo(call.id());
        assertThat(attempt(1).attributes())
                .containsEntry("outcome", "server_error")
                .containsEntry("http.response.status_code", "503")
                .containsEntry("fault", "busy")
                .containsEntry("breaker.state", "closed");
        assertThat(attempt(2).parentId()).isEqualTo(call.id());
        assertThat(attempt(2).attributes()).containsEntry("outcome", "success").doesNotContainKey("fault");
        assertThat(remaining(attempt(1))).isBetween(1L, 2000L);
        assertThat(remaining(attempt(2))).isLessThan(remaining(attempt(1)));
    }

    @Test
    void goesOnInTheServicesBehind() {
        Span recommendations = one("recommendations-service", "http get /recommendations");
        Span asksAuth = one("recommendations-service", "call auth");
        Span attempt = one("recommendations-service", "attempt auth");

        assertThat(recommendations.parentId()).isEqualTo(attempt(2).id());
        assertThat(asksAuth.parentId()).isEqualTo(recommendations.id());
        assertThat(attempt.parentId()).isEqualTo(asksAuth.id());
        assertThat(trace).anySatisfy(span -> {
            assertThat(span.service()).isEqualTo("auth-service");
            assertThat(span.parentId()).isEqualTo(attempt.id());
        });
    }

    @Test
    void reachesTheThreadThatAsksPopularity() {
        assertThat(one("homepage-service", "call popularity").parentId()).isEqualTo(page().id());
        assertThat(one("popularity-service", "http get /popular-items").parentId())
                .isEqualTo(one("homepage-service", "attempt popularity").id());
    }

    @Test
    void exportsLogRecordsWithTheTraceThatTheyBelongTo() {
        await("a log record")
                .atMost(LIMIT)
                .untilAsserted(() -> assertThat(receiver.log()).anySatisfy(entry -> {
                    assertThat(entry.service()).isEqualTo("recommendations-service");
                    assertThat(entry.text()).contains("/recommendations");
                    assertThat(entry.traceId()).isEqualTo(TRACE);
                    assertThat(entry.spanId())
                            .isEqualTo(one("recommendations-service", "http get /recommendations")
                                    .id());
                }));
        assertThat(receiver.log()).extracting(Entry::logger).noneMatch(name -> name.startsWith("io.opentelemetry"));
    }

    /** The lab has asked every service for its readiness, again and again. */
    @Test
    void hasNoSpansOfActuatorEndpoints() {
        assertThat(receiver.spans())
                .noneMatch(span -> span.attribute("uri").orElse("").startsWith("/actuator"));
    }

    @Test
    void givesLatenciesExemplars() throws Exception {
        HttpResponse<String> scrape = PrometheusApi.HTTP.send(
                request(9001, "/actuator/prometheus")
                        .header("Accept", "application/openmetrics-text; version=1.0.0")
                        .build(),
                BodyHandlers.ofString());

        List<String> known =
                receiver.spans().stream().map(Span::traceId).distinct().toList();
        for (String histogram : List.of(
                "homepage_pages_seconds_bucket",
                "http_server_requests_seconds_bucket{application=\"homepage-service\"",
                "api_client_calls_seconds_bucket")) {
            assertThat(scrape.body().lines().filter(line -> line.startsWith(histogram)))
                    .as(histogram)
                    .anyMatch(line -> known.stream().anyMatch(id -> line.contains("trace_id=\"" + id + "\"")));
        }
        // Prometheus up to 2.42, at least, refuses the whole scrape where other lines have one.
        assertThat(scrape.body().lines().filter(line -> line.contains("trace_id=")))
                .allMatch(line -> line.matches("\\w+_(bucket|total)\\{.*"));
        assertThat(scrape.body()).doesNotContain("api_client_call_seconds", "api_client_attempt_");
    }

    // The page; of the homepage three calls with four attempts; in recommendations and popularity the request, a call
    // and its attempt each;
    // and in auth three requests.
    private static boolean hasWholeTrace() {
        return receiver.spans().stream()
                        .filter(span -> span.traceId().equals(TRACE))
                        .count()
                == 1 + 3 + 4 + 3 + 3 + 3;
    }

    private static Span page() {
        return one("homepage-service", "http get /home");
    }

    private static Span attempt(int number) {
        return trace.stream()
                .filter(span -> span.name().equals("attempt recommendations"))
                .filter(span -> span.attribute("attempt").orElse("").equals(Integer.toString(number)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no attempt " + number + " in " + trace));
    }

    private static Span one(String service, String name) {
        List<Span> found = trace.stream()
                .filter(span -> span.service().equals(service) && span.name().equals(name))
                .toList();
        assertThat(found).as("%s of %s in %s", name, service, trace).hasSize(1);
        return found.get(0);
    }

    private static long remaining(Span attempt) {
        return Long.parseLong(attempt.attribute("deadline.remaining.ms").orElseThrow());
    }

    private static HttpResponse<String> home() throws IOException, InterruptedException {
        return PrometheusApi.HTTP.send(
                request(8001, "/home")
                        .header("Authorization", "Token 0x132")
                        .header("traceparent", "00-%s-%s-01".formatted(TRACE, CALLER))
                        .build(),
                BodyHandlers.ofString());
    }

    private static void post(int port, String path, String body) throws IOException, InterruptedException {
        HttpResponse<String> answer = PrometheusApi.HTTP.send(
                request(port, path).POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private static HttpRequest.Builder request(int port, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + (port + OFFSET) + path))
                .timeout(Duration.ofSeconds(10));
    }
}

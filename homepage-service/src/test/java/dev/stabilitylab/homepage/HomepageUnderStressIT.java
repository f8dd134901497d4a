package dev.stabilitylab.homepage;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stabilitylab.homepage.KeepAliveCaller.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The homepage as its callers see it, while its upstreams do their worst and its limits are as tight as they can be. Everything is on real
 * sockets and nothing depends on how fast this machine is. {@code -Dstress.hasty-requests=24000} makes the largest storm four times as
 * large.
 */
@ExtendWith(OutputCaptureExtension.class)
@Timeout(1800)
class HomepageUnderStressIT {

    private static final int PAGES_AT_THE_TIMEOUT = 2_000;
    private static final int PAGES_WITHOUT_CONNECTIONS = 4_800;
    private static final int HASTY_REQUESTS = Integer.getInteger("stress.hasty-requests", 6_000);

    private static final String TOKEN = "Authorization: Token 0x132";
    private static final String WHOLE_PAGE = "{\"recommendations\":[12,23],\"popular_items\":[1,2]}";
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String ADA = "{\"uuid\": \"0b6a1f5e-54c1-4a0f-9d0c-6f1f2f3c0132\","
            + " \"permissions\": [\"can_view_homepage\", \"can_view_recommendations\"]}";

    private final RawUpstream auth = new RawUpstream(RawUpstream.json(ADA, 0));
    private final RawUpstream recommendations = new RawUpstream(RawUpstream.json("[12, 23]", 0));
    private final RawUpstream popularity = new RawUpstream(RawUpstream.json("[1, 2]", 0));
    private @Nullable ConfigurableApplicationContext homepage;

    @AfterEach
    void stop() {
        if (homepage != null) {
            homepage.close();
        }
        Stream.of(auth, recommendations, popularity).forEach(RawUpstream::close);
    }

    @Test
    void servesEveryPageWhenAnUpstreamAnswersJustAtTheAttemptTimeout() {
        recommendations.behave(RawUpstream.json("[12, 23]", 25));
        // Without a breaker, which would keep most calls from the wire.
        int port = start(
                "api-client.upstreams.recommendations.policies=retry, bulkhead",
                "resilience4j.timelimiter.instances.recommendations.timeout-duration=26ms");

        List<Answer> answers = storm(port, 8, PAGES_AT_THE_TIMEOUT, i -> new String[] {TOKEN});

        assertThat(statuses(answers)).isEqualTo(Map.of(200, PAGES_AT_THE_TIMEOUT));
        assertNothingIsLeased();
    }

    @Test
    void servesEveryPageWhenConnectionsRunOut() {
        recommendations.behave(RawUpstream.json("[12, 23]", 15));
        int port = start(
                "api-client.upstreams.recommendations.max-connections=2",
                "api-client.upstreams.recommendations.policies=retry",
                "api-client.upstreams.recommendations.deadline=40ms",
                "resilience4j.timelimiter.instances.recommendations.timeout-duration=25ms");

        List<Answer> answers = storm(port, 24, PAGES_WITHOUT_CONNECTIONS, i -> new String[] {TOKEN});

        assertThat(statuses(answers)).isEqualTo(Map.of(200, PAGES_WITHOUT_CONNECTIONS));
        assertThat(recommendations.requests()).isLessThanOrEqualTo(attemptsAtRecommendations());
        assertNothingIsLeased();
    }

    @Test
    void answersHastyCallersWithAPageOrAProblemAndLogsNoStackTrace(CapturedOutput output) {
        auth.behave(RawUpstream.json(ADA, 2));
        recommendations.behave(RawUpstream.json("[12, 23]", 8));
        popularity.behave(RawUpstream.json("[1, 2]", 4));
        int port = start();

        List<Answer> answers =
                storm(port, 24, HASTY_REQUESTS, i -> new String[] {TOKEN, "Deadline-Remaining-Ms: " + (1 + i % 25)});

        Map<Integer, Integer> statuses = statuses(answers);
        assertThat(statuses.keySet()).as(statuses.toString()).isSubsetOf(200, 503, 504);
        assertThat(output.getAll().lines().filter(line -> line.matches("\\s+at .+\\(.*\\)\\s*")))
                .isEmpty();
        assertNothingIsLeased();
    }

    @ParameterizedTest
    @CsvSource({"inside-retry, 100ms, 100ms", "outside-retry, 100ms, 200ms"})
    void opensTheBreakerWhenAnUpstreamHangs(String position, String attemptTimeout, String deadline) throws Exception {
        recommendations.behave(RawUpstream.hang());
        int port = start(
                "api-client.upstreams.recommendations.breaker-position=" + position,
                "api-client.upstreams.recommendations.deadline=" + deadline,
                "resilience4j.timelimiter.instances.recommendations.timeout-duration=" + attemptTimeout,
                "resilience4j.circuitbreaker.instances.recommendations.wait-duration-in-open-state=60s");

        for (int i = 0; i < 9; i++) {
            page(port);
        }
        String before = breakerState();
        page(port);

        assertThat(before).isEqualTo("CLOSED");
        assertThat(breakerState()).isEqualTo("OPEN");
    }

    @Test
    void neverTakesSurplusBytesForTheNextAnswer() throws Exception {
        recommendations.behave(connection -> connection.getOutputStream().write(withSurplus()));
        int port = start();

        for (int i = 0; i < 8; i++) {
            assertThat(page(port).body()).isEqualTo(WHOLE_PAGE);
        }
    }

    @Test
    void neverTakesBytesThatComeAfterAnAnswerForTheNextOne() throws Exception {
        Semaphore surplusSent = new Semaphore(0);
        recommendations.behave(connection -> {
            OutputStream out = connection.getOutputStream();
            out.write(RawUpstream.response("[12, 23]"));
            Thread.sleep(20);
            out.write(RawUpstream.response("[666, 667]"));
            surplusSent.release();
        });
        int port = start();

        for (int i = 0; i < 8; i++) {
            assertThat(page(port).body()).isEqualTo(WHOLE_PAGE);
            surplusSent.acquire();
        }
    }

    private static byte[] withSurplus() {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(RawUpstream.response("[12, 23]"));
        both.writeBytes(RawUpstream.response("[666, 667]"));
        return both.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Endless: 1\r\n", "x"})
    void failsOneCallWhenTheHeadersHaveNoEnd(String piece) throws Exception {
        RawUpstream.Behaviour well = RawUpstream.json("[12, 23]", 0);
        recommendations.behave(connection -> {
            recommendations.behave(well);
            OutputStream out = connection.getOutputStream();
            out.write("HTTP/1.1 200 OK\r\n".getBytes(US_ASCII));
            byte[] pieces = piece.repeat(1_000).getBytes(US_ASCII);
            while (true) {
                out.write(pieces);
            }
        });
        int port = start();

        Answer first = page(port);
        List<Answer> next = storm(port, 1, 8, i -> new String[] {TOKEN});

        assertThat(first.status()).isEqualTo(200);
        assertThat(first.header("degraded")).isEqualTo("recommendations");
        assertThat(next).allSatisfy(answer -> assertThat(answer.body()).isEqualTo(WHOLE_PAGE));
        assertThat(recommendations.requests()).isEqualTo(9);
        assertNothingIsLeased();
    }

    /** Starts the homepage, with more patience than a busy machine needs wherever the test does not say otherwise. */
    private int start(String... properties) {
        Map<String, String> all = new TreeMap<>(Map.of(
                "server.port", "0",
                "management.server.port", "0",
                "api-client.upstreams.auth.base-url", auth.url(),
                "api-client.upstreams.recommendations.base-url", recommendations.url(),
                "api-client.upstreams.popularity.base-url", popularity.url()));
        for (String upstream : List.of("auth", "recommendations", "popularity")) {
            all.put("api-client.upstreams.%s.connect-timeout".formatted(upstream), "10s");
            all.put("api-client.upstreams.%s.deadline".formatted(upstream), "10s");
            all.put("resilience4j.timelimiter.instances.%s.timeout-duration".formatted(upstream), "10s");
        }
        for (String property : properties) {
            int equals = property.indexOf('=');
            all.put(property.substring(0, equals), property.substring(equals + 1));
        }
        homepage = new SpringApplicationBuilder(HomepageServiceApplication.class)
                .run(all.entrySet().stream()
                        .map(entry -> "--%s=%s".formatted(entry.getKey(), entry.getValue()))
                        .toArray(String[]::new));
        return port("server");
    }

    private int port(String name) {
        return Objects.requireNonNull(homepage)
                .getEnvironment()
                .getRequiredProperty("local.%s.port".formatted(name), Integer.class);
    }

    private static Answer page(int port) throws IOException {
        try (KeepAliveCaller caller = new KeepAliveCaller(port)) {
            return caller.get("/home", TOKEN);
        }
    }

    /** What the {@code i}-th request of a storm says. */
    @FunctionalInterface
    private interface Headers {
        String[] of(int i);
    }

    private static List<Answer> storm(int port, int threads, int requests, Headers headers) {
        ExecutorService callers = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<List<Answer>>> shares = IntStream.range(0, threads)
                    .<Callable<List<Answer>>>mapToObj(first -> () -> {
                        List<Answer> answers = new ArrayList<>();
                        try (KeepAliveCaller caller = new KeepAliveCaller(port)) {
                            for (int i = first; i < requests; i += threads) {
                                answers.add(caller.get("/home", headers.of(i)));
                            }
                        }
                        return answers;
                    })
                    .toList();
            List<Answer> all = new ArrayList<>();
            for (Future<List<Answer>> share : callers.invokeAll(shares)) {
                all.addAll(share.get());
            }
            return all;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        } catch (ExecutionException noAnswer) {
            throw new AssertionError("a caller got no answer", noAnswer.getCause());
        } finally {
            callers.shutdownNow();
        }
    }

    private static Map<Integer, Integer> statuses(List<Answer> answers) {
        Map<Integer, Integer> counts = new TreeMap<>();
        answers.forEach(answer -> counts.merge(answer.status(), 1, Integer::sum));
        return counts;
    }

    private void assertNothingIsLeased() {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(upstreams().findValues("leased"))
                        .hasSize(3)
                        .allSatisfy(leased -> assertThat(leased.intValue()).isZero()));
    }

    private int attemptsAtRecommendations() {
        try (KeepAliveCaller caller = new KeepAliveCaller(port("management"))) {
            return caller.get("/actuator/prometheus")
                    .body()
                    .lines()
                    .filter(line -> line.startsWith("api_client_attempts_seconds_count{"))
                    .filter(line -> line.contains("upstream=\"recommendations\""))
                    .mapToInt(line -> (int) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .sum();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private String breakerState() {
        return upstreams().at("/upstreams/recommendations/breaker/state").asText();
    }

    private JsonNode upstreams() {
        try (KeepAliveCaller caller = new KeepAliveCaller(port("management"))) {
            return JSON.readTree(caller.get("/actuator/upstreams").body());
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}

package dev.stabilitylab.servicekit.faults;

import static dev.stabilitylab.servicekit.contract.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stabilitylab.servicekit.contract.HttpAnswer;
import dev.stabilitylab.servicekit.contract.RawHttp;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;

class FaultsIT {

    private static final String PATH = "/actuator/faults";
    private static final String ACTIVE = PATH + "/active";
    private static final String SLOW = "{\"slowdown\": {\"latency\": \"%s\"}}";
    private static final String FAILING = "{\"errors\": {}}";

    private static final ServletWebServerApplicationContext SWITCHABLE = start("--service-kit.fault-switching=true");

    private RawHttp http = users(SWITCHABLE);
    private RawHttp management = operators(SWITCHABLE);

    @AfterAll
    static void stop() {
        SWITCHABLE.close();
    }

    @BeforeEach
    void clear() {
        management.send("DELETE", ACTIVE);
    }

    @Test
    void showsThatThereIsNoFault() {
        assertThat(show())
                .matches("\\{\"instance\":\"[0-9a-f-]{36}\",\"slowdown\":null,\"errors\":null,\"expires-at\":null}");
    }

    @Test
    void setsAFaultAndShowsIt() {
        Instant start = Instant.now();

        HttpAnswer answer = set("20s", """
                {"slowdown": {"latency": "7500ms", "jitter": "2s", "probability": 0.3}, "errors": {"probability": 0.2}, "seed": 7}
                """);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-type")).isEqualTo("application/json");
        assertThat(answer.body())
                .contains("\"slowdown\":{\"latency\":\"7500ms\",\"jitter\":\"2s\",\"probability\":0.3}")
                .contains("\"errors\":{\"probability\":0.2}")
                .isEqualTo(show());
        assertThat(expiry(answer.body()))
                .isBetween(start.plusMillis(19_999), Instant.now().plusSeconds(20));
    }

    @Test
    void expiresByItself() {
        String before = show();
        set("1s", FAILING);
        assertProblem(work(), 500);

        await().untilAsserted(() -> assertThat(show()).isEqualTo(before));

        assertThat(work().status()).isEqualTo(200);
    }

    @Test
    void clearsTheFaultOnDeleteAndDoesNotMindWhenThereIsNone() {
        String before = show();
        set("24h", FAILING);

        HttpAnswer first = management.send("DELETE", ACTIVE);
        HttpAnswer second = management.send("DELETE", ACTIVE);

        assertThat(first.status()).isEqualTo(200);
        assertThat(first.body()).isEqualTo(before);
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.body()).isEqualTo(before);
        assertThat(work().status()).isEqualTo(200);
    }

    @Test
    void saysWhichInstanceAnswers() {
        String one = show();
        String other;
        try (ServletWebServerApplicationContext another = start()) {
            other = operators(another).send("GET", PATH).body();
        }

        assertThat(show()).isEqualTo(one).isNotEqualTo(other);
        assertThat(instance(one))
                .isEqualTo(
                        instance(management.send("GET", "/actuator/upstreams").body()));
    }

    private static String instance(String body) {
        return body.replaceFirst(".*\"instance\":\"([^\"]+)\".*", "$1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "nothing",
                "{}",
                "{\"seed\": 1}",
                "{\"errors\": {}, \"errors\": {}}",
                "{\"errors\": {}} {}",
                "{\"errors\": {\"probability\": 2}}",
                "{\"slowdown\": {\"latency\": \"0ms\"}}",
                "{\"errors\": {}, \"x\": 1}"
            })
    void refusesAFaultThatIsNotUsableAndKeepsTheActiveOne(String body) {
        set("60s", SLOW.formatted("1ms"));
        String before = show();

        HttpAnswer answer = set("20s", body);

        assertProblem(answer, 400);
        assertThat(answer.body()).contains("The service fault is not usable");
        assertThat(show()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({
        "?ttl=999ms, ttl is 999ms; it must be from 1s to 24h",
        "?ttl=25h, ttl is 25h; it must be from 1s to 24h",
        "?ttl=20, 'ttl is 20; it must be a duration with its unit, such as 300ms or 2s'",
        "?ttl=, 'ttl is ; it must be a duration with its unit, such as 300ms or 2s'",
        "?ttl=1s&ttl=2s, 'ttl is 1s,2s; it must be a duration with its unit, such as 300ms or 2s'",
        "'', 'ttl is missing; it must be a duration with its unit, such as 300ms or 2s'"
    })
    void refusesATtlThatIsNotUsable(String query, String sentence) {
        String before = show();

        HttpAnswer answer = management.sendJson("PUT", ACTIVE + query, FAILING);

        assertProblem(answer, 400);
        assertThat(answer.body()).contains(sentence);
        assertThat(show()).isEqualTo(before);
    }

    @Test
    void refusesABodyThatIsTooLong() {
        assertProblem(set("20s", " ".repeat(65_537)), 413);
    }

    @Test
    void knowsNoOtherMethods() {
        HttpAnswer answer = management.sendJson("POST", ACTIVE + "?ttl=20s", FAILING);

        assertProblem(answer, 405);
        assertThat(answer.header("allow")).contains("PUT", "DELETE");
    }

    @Test
    void isReadOnlyUnlessAPropertyAllowsMore() {
        try (ServletWebServerApplicationContext calm = start()) {
            http = users(calm);
            management = operators(calm);

            assertThat(management.send("GET", PATH).status()).isEqualTo(200);
            for (HttpAnswer answer : new HttpAnswer[] {set("20s", FAILING), management.send("DELETE", ACTIVE)}) {
                assertProblem(answer, 403);
                assertThat(answer.body()).contains("Set service-kit.fault-switching to true to allow it.");
            }
            assertThat(work().status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--management.endpoint.faults.access=read-only",
                "--management.endpoints.access.max-permitted=read-only"
            })
    void isReadOnlyWhereTheEndpointIs(String setting) {
        try (ServletWebServerApplicationContext readOnly = start("--service-kit.fault-switching=true", setting)) {
            http = users(readOnly);
            management = operators(readOnly);

            assertThat(management.send("GET", PATH).status()).isEqualTo(200);
            for (HttpAnswer answer : new HttpAnswer[] {set("20s", FAILING), management.send("DELETE", ACTIVE)}) {
                assertProblem(answer, 403);
                assertThat(answer.body()).contains("The access to the endpoint faults is read-only");
            }
        }
    }

    @Test
    void isNotAtThePortOfTheUsers() {
        for (HttpAnswer answer : new HttpAnswer[] {
            http.send("GET", PATH), http.send("PUT", ACTIVE + "?ttl=20s"), http.send("DELETE", ACTIVE)
        }) {
            assertProblem(answer, 404);
        }
        assertThat(work().status()).isEqualTo(200);
    }

    @Test
    void movesWithTheEndpoint() {
        try (ServletWebServerApplicationContext moved = start(
                "--service-kit.fault-switching=true",
                "--management.endpoints.web.base-path=/manage",
                "--management.endpoints.web.path-mapping.faults=chaos")) {
            http = users(moved);
            management = operators(moved);

            assertThat(management
                            .sendJson("PUT", "/manage/chaos/active?ttl=20s", FAILING)
                            .status())
                    .isEqualTo(200);
            assertThat(management.send("GET", "/manage/chaos").body()).contains("\"errors\":{\"probability\":1.0}");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--management.endpoints.web.exposure.exclude=faults",
                "--management.endpoints.web.exposure.include=health",
                "--management.endpoint.faults.access=none",
                "--management.endpoints.access.max-permitted=none"
            })
    void isGoneWithTheEndpoint(String setting) {
        try (ServletWebServerApplicationContext hidden = start("--service-kit.fault-switching=true", setting)) {
            http = users(hidden);
            management = operators(hidden);

            assertProblem(management.send("GET", PATH), 404);
            assertProblem(set("20s", FAILING), 404);
            assertProblem(management.send("DELETE", ACTIVE), 404);
        }
    }

    @Test
    void countsWorkThatNobodyWaitedForAnyMore() {
        double before = unwantedWork();
        set("60s", SLOW.formatted("1500ms"));

        HttpAnswer late = http.send("GET", "/work", "Deadline-Remaining-Ms: 1000");

        assertThat(late.status()).isEqualTo(200);
        assertThat(unwantedWork() - before).isGreaterThanOrEqualTo(1.5);
    }

    private HttpAnswer set(String ttl, String body) {
        return management.sendJson("PUT", ACTIVE + "?ttl=" + ttl, body);
    }

    private String show() {
        return management.send("GET", PATH).body();
    }

    private HttpAnswer work() {
        return http.send("GET", "/work");
    }

    private double unwantedWork() {
        String metrics = management
                .send("GET", "/actuator/metrics/capacity.work?tag=wanted:false")
                .body();
        return Double.parseDouble(metrics.replaceFirst(".*\"TOTAL_TIME\",\"value\":([0-9.E-]+).*", "$1"));
    }

    private static Instant expiry(String view) {
        Matcher matcher = Pattern.compile("\"expires-at\":\"([^\"]+)\"").matcher(view);
        assertThat(matcher.find()).as(view).isTrue();
        return Instant.parse(matcher.group(1));
    }

    private static RawHttp users(ServletWebServerApplicationContext application) {
        return new RawHttp(application.getWebServer().getPort());
    }

    static RawHttp operators(ServletWebServerApplicationContext application) {
        return new RawHttp(application.getEnvironment().getRequiredProperty("local.management.port", Integer.class));
    }

    static ServletWebServerApplicationContext start(String... arguments) {
        SpringApplicationBuilder builder = new SpringApplicationBuilder(FaultyApplication.class)
                .properties("spring.application.name=faulty-service", "server.port=0", "management.server.port=0");
        return (ServletWebServerApplicationContext) builder.run(arguments);
    }
}

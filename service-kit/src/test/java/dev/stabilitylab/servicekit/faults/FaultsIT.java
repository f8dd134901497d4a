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
import org.springframework.boot.actuate.autoconfigure.security.servlet.EndpointRequest;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.mock.web.MockHttpServletRequest;

class FaultsIT {

    private static final String PATH = "/actuator/faults";
    private static final String ACTIVE = PATH + "/active";
    private static final String SLOW = "{\"slowdown\": {\"latency\": \"%s\"}}";
    private static final String FAILING = "{\"errors\": {}}";

    private static final ServletWebServerApplicationContext SWITCHABLE = start("--service-kit.fault-switching=true");

    private RawHttp http = talkTo(SWITCHABLE);

    @AfterAll
    static void stop() {
        SWITCHABLE.close();
    }

    @BeforeEach
    void clear() {
        http.send("DELETE", ACTIVE);
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

        HttpAnswer first = http.send("DELETE", ACTIVE);
        HttpAnswer second = http.send("DELETE", ACTIVE);

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
            other = talkTo(another).send("GET", PATH).body();
        }

        assertThat(show()).isEqualTo(one).isNotEqualTo(other);
        assertThat(instance(one))
                .isEqualTo(instance(http.send("GET", "/actuator/upstreams").body()));
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

        HttpAnswer answer = http.sendJson("PUT", ACTIVE + query, FAILING);

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
        HttpAnswer answer = http.sendJson("POST", ACTIVE + "?ttl=20s", FAILING);

        assertProblem(answer, 405);
        assertThat(answer.header("allow")).contains("PUT", "DELETE");
    }

    @Test
    void isReadOnlyUnlessAPropertyAllowsMore() {
        try (ServletWebServerApplicationContext calm = start()) {
            http = talkTo(calm);

            assertThat(http.send("GET", PATH).status()).isEqualTo(200);
            for (HttpAnswer answer : new HttpAnswer[] {set("20s", FAILING), http.send("DELETE", ACTIVE)}) {
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
            http = talkTo(readOnly);

            assertThat(http.send("GET", PATH).status()).isEqualTo(200);
            for (HttpAnswer answer : new HttpAnswer[] {set("20s", FAILING), http.send("DELETE", ACTIVE)}) {
                assertProblem(answer, 403);
                assertThat(answer.body()).contains("The access to the endpoint faults is read-only");
            }
        }
    }

    @Test
    void isWhereTheActuatorIsAlsoOnAPortOfItsOwn() {
        try (ServletWebServerApplicationContext apart =
                start("--service-kit.fault-switching=true", "--management.server.port=0")) {
            http = new RawHttp(apart.getEnvironment().getRequiredProperty("local.management.port", Integer.class));
            set("20s", FAILING);
            HttpAnswer refused = set("20s", "{}");
            http = talkTo(apart);

            assertProblem(refused, 400);
            assertProblem(http.send("GET", PATH), 404);
            assertProblem(work(), 500);
        }
    }

    @Test
    void movesWithTheEndpoint() {
        try (ServletWebServerApplicationContext moved = start(
                "--service-kit.fault-switching=true",
                "--management.endpoints.web.base-path=/manage",
                "--management.endpoints.web.path-mapping.faults=chaos")) {
            http = talkTo(moved);

            assertThat(http.sendJson("PUT", "/manage/chaos/active?ttl=20s", FAILING)
                            .status())
                    .isEqualTo(200);
            assertThat(http.send("GET", "/manage/chaos").body()).contains("\"errors\":{\"probability\":1.0}");
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
            http = talkTo(hidden);

            assertProblem(http.send("GET", PATH), 404);
            assertProblem(set("20s", FAILING), 404);
            assertProblem(http.send("DELETE", ACTIVE), 404);
        }
    }

    @ParameterizedTest
    @CsvSource({"GET, /actuator/faults", "PUT, /actuator/faults/active", "DELETE, /actuator/faults/active"})
    void isCoveredBySecurityRulesForTheEndpoint(String method, String path) {
        MockHttpServletRequest request = new MockHttpServletRequest(SWITCHABLE.getServletContext(), method, path);
        request.setServletPath(path);

        assertThat(EndpointRequest.to("faults").matches(request)).isTrue();
        assertThat(EndpointRequest.to("upstreams").matches(request)).isFalse();
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
        return http.sendJson("PUT", ACTIVE + "?ttl=" + ttl, body);
    }

    private String show() {
        return http.send("GET", PATH).body();
    }

    private HttpAnswer work() {
        return http.send("GET", "/work");
    }

    private double unwantedWork() {
        String metrics = http.send("GET", "/actuator/metrics/capacity.work?tag=wanted:false")
                .body();
        return Double.parseDouble(metrics.replaceFirst(".*\"TOTAL_TIME\",\"value\":([0-9.E-]+).*", "$1"));
    }

    private static Instant expiry(String view) {
        Matcher matcher = Pattern.compile("\"expires-at\":\"([^\"]+)\"").matcher(view);
        assertThat(matcher.find()).as(view).isTrue();
        return Instant.parse(matcher.group(1));
    }

    private static RawHttp talkTo(ServletWebServerApplicationContext application) {
        return new RawHttp(application.getWebServer().getPort());
    }

    static ServletWebServerApplicationContext start(String... arguments) {
        SpringApplicationBuilder builder = new SpringApplicationBuilder(FaultyApplication.class)
                .properties("spring.application.name=faulty-service", "server.port=0");
        return (ServletWebServerApplicationContext) builder.run(arguments);
    }
}

package dev.stabilitylab.servicekit.trouble;

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

class TroubleIT {

    private static final String PATH = "/actuator/trouble";
    private static final String SLOW = "{\"slowdown\": {\"latency\": \"%s\"}}";
    private static final String FAILING = "{\"errors\": {}}";

    private static final ServletWebServerApplicationContext SWITCHABLE = start("--service-kit.trouble-switching=true");

    private RawHttp http = talkTo(SWITCHABLE);

    @AfterAll
    static void stop() {
        SWITCHABLE.close();
    }

    @BeforeEach
    void help() {
        http.send("DELETE", PATH);
    }

    @Test
    void showsThatItIsInNoTrouble() {
        assertThat(show())
                .matches("\\{\"instance\":\"[0-9a-f-]{36}\",\"slowdown\":null,\"errors\":null,\"expires-at\":null}");
    }

    @Test
    void beginsTroubleAndShowsIt() {
        Instant start = Instant.now();

        HttpAnswer answer = begin("20s", """
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
    void endsTroubleByItself() {
        String before = show();
        begin("1s", FAILING);
        assertProblem(work(), 500);

        await().untilAsserted(() -> assertThat(show()).isEqualTo(before));

        assertThat(work().status()).isEqualTo(200);
    }

    @Test
    void endsTroubleOnDeleteAndDoesNotMindWhenThereIsNone() {
        String before = show();
        begin("24h", FAILING);

        HttpAnswer first = http.send("DELETE", PATH);
        HttpAnswer second = http.send("DELETE", PATH);

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
    void refusesTroubleThatIsNotUsableAndStaysAsItWas(String body) {
        begin("60s", SLOW.formatted("1ms"));
        String before = show();

        HttpAnswer answer = begin("20s", body);

        assertProblem(answer, 400);
        assertThat(answer.body()).contains("The trouble is not usable");
        assertThat(show()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({
        "?ttl=999ms, ttl is 999ms; it must be from 1s to 24h",
        "?ttl=25h, ttl is 25h; it must be from 1s to 24h",
        "?ttl=20, 'ttl is 20; it must be a duration with its unit, such as 20s'",
        "?ttl=, 'ttl is ; it must be a duration with its unit, such as 20s'",
        "?ttl=1s&ttl=2s, 'ttl is 1s,2s; it must be a duration with its unit, such as 20s'",
        "'', 'ttl is missing; it must be a duration with its unit, such as 20s'"
    })
    void refusesATimeThatIsNotUsable(String query, String sentence) {
        String before = show();

        HttpAnswer answer = http.sendJson("PUT", PATH + query, FAILING);

        assertProblem(answer, 400);
        assertThat(answer.body()).contains(sentence);
        assertThat(show()).isEqualTo(before);
    }

    @Test
    void refusesTroubleThatIsTooLong() {
        assertProblem(begin("20s", " ".repeat(65_537)), 413);
    }

    @Test
    void knowsNoOtherMethods() {
        HttpAnswer answer = http.sendJson("POST", PATH + "?ttl=20s", FAILING);

        assertProblem(answer, 405);
        assertThat(answer.header("allow")).contains("GET", "PUT", "DELETE");
    }

    @Test
    void isReadOnlyUnlessAPropertyAllowsMore() {
        try (ServletWebServerApplicationContext calm = start()) {
            http = talkTo(calm);

            assertThat(http.send("GET", PATH).status()).isEqualTo(200);
            for (HttpAnswer answer : new HttpAnswer[] {begin("20s", FAILING), http.send("DELETE", PATH)}) {
                assertProblem(answer, 403);
                assertThat(answer.body()).contains("Set service-kit.trouble-switching to true to allow it.");
            }
            assertThat(work().status()).isEqualTo(200);
        }
    }

    @Test
    void isWhereTheActuatorIsAlsoOnAPortOfItsOwn() {
        try (ServletWebServerApplicationContext apart =
                start("--service-kit.trouble-switching=true", "--management.server.port=0")) {
            http = new RawHttp(apart.getEnvironment().getRequiredProperty("local.management.port", Integer.class));
            begin("20s", FAILING);
            HttpAnswer refused = begin("20s", "{}");
            http = talkTo(apart);

            assertProblem(refused, 400);
            assertProblem(http.send("GET", PATH), 404);
            assertProblem(work(), 500);
        }
    }

    @Test
    void countsWorkThatNobodyWaitedForAnyMore() {
        double before = unwantedWork();
        begin("60s", SLOW.formatted("1500ms"));

        HttpAnswer late = http.send("GET", "/work", "Deadline-Remaining-Ms: 1000");

        assertThat(late.status()).isEqualTo(200);
        assertThat(unwantedWork() - before).isGreaterThanOrEqualTo(1.5);
    }

    private HttpAnswer begin(String ttl, String body) {
        return http.sendJson("PUT", PATH + "?ttl=" + ttl, body);
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
        SpringApplicationBuilder builder = new SpringApplicationBuilder(TroubledApplication.class)
                .properties("spring.application.name=troubled-service", "server.port=0");
        return (ServletWebServerApplicationContext) builder.run(arguments);
    }
}

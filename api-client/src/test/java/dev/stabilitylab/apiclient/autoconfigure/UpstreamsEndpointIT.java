package dev.stabilitylab.apiclient.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stabilitylab.apiclient.Deadline;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

class UpstreamsEndpointIT {

    private static final String POLICY =
            "{\"connect-timeout\": \"100ms\", \"attempt-timeout\": \"%s\", \"deadline\": \"2s\"}";

    /** One for all tests: Java 17's client cannot be closed. */
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static final ServletWebServerApplicationContext SWITCHABLE = start(true);

    private ServletWebServerApplicationContext application = SWITCHABLE;

    @AfterAll
    static void stop() {
        SWITCHABLE.close();
    }

    @Test
    void showsEveryUpstreamsPolicyAndBreaker() throws Exception {
        HttpResponse<String> response = send("GET", "/actuator/upstreams", "");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .contains("\"recommendations\":{\"base-url\":\"http://127.0.0.1:18002\"")
                .contains("\"attempt-timeout\":\"1s\"")
                .contains("\"breaker\":{\"state\":\"CLOSED\"")
                .contains("\"connections\":{\"leased\":0,\"idle\":0,\"pending\":0,\"max\":200}");
    }

    @Test
    void saysWhichInstanceAnswers() throws Exception {
        String one = send("GET", "/actuator/upstreams", "").body();
        String again = send("GET", "/actuator/upstreams", "").body();
        String other;
        try (ServletWebServerApplicationContext another = start(false)) {
            application = another;
            other = send("GET", "/actuator/upstreams", "").body();
        }

        assertThat(instance(one)).hasSize(36).isEqualTo(instance(again)).isNotEqualTo(instance(other));
    }

    private static String instance(String body) {
        return body.replaceFirst(".*\"instance\":\"([^\"]*)\".*", "$1");
    }

    @Test
    void takesANewPolicyAndAnswersWithTheNewView() throws Exception {
        HttpResponse<String> response =
                send("PUT", "/actuator/upstreams/recommendations/policy", POLICY.formatted("250ms"));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("\"attempt-timeout\":\"250ms\"", "\"breaker\":null");
        assertThat(send("GET", "/actuator/upstreams/recommendations", "").body())
                .isEqualTo(response.body());
    }

    @Test
    void takesAPolicyForAWhile() throws Exception {
        String before = lasting();
        Instant start = Instant.now();

        HttpResponse<String> response =
                send("PUT", "/actuator/upstreams/recommendations/policy?ttl=1s", POLICY.formatted("251ms"));
        String shown = send("GET", "/actuator/upstreams/recommendations", "").body();

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("\"attempt-timeout\":\"251ms\"").isEqualTo(shown);
        assertThat(expiry(response.body()))
                .isBetween(start.plusMillis(999), Instant.now().plusSeconds(1));
        await().untilAsserted(() -> assertThat(
                        send("GET", "/actuator/upstreams/recommendations", "").body())
                .isEqualTo(before));
        assertThat(Instant.now()).isAfterOrEqualTo(start.plusMillis(999));
    }

    @ParameterizedTest
    @ValueSource(strings = {"24h", "90s", "1500ms", "2m", "1d", "PT90S"})
    void endsATemporaryPolicyOnDelete(String ttl) throws Exception {
        String before = lasting();
        send("PUT", "/actuator/upstreams/recommendations/policy?ttl=" + ttl, POLICY.formatted("251ms"));

        HttpResponse<String> first = send("DELETE", "/actuator/upstreams/recommendations/policy", "");
        HttpResponse<String> second = send("DELETE", "/actuator/upstreams/recommendations/policy", "");

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.body()).isEqualTo(before);
        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(second.body()).isEqualTo(before);
    }

    @Test
    void keepsAPolicyThatIsPutWithoutATime() throws Exception {
        lasting();
        send("PUT", "/actuator/upstreams/recommendations/policy?ttl=90s", POLICY.formatted("251ms"));

        HttpResponse<String> response =
                send("PUT", "/actuator/upstreams/recommendations/policy", POLICY.formatted("252ms"));
        HttpResponse<String> deleted = send("DELETE", "/actuator/upstreams/recommendations/policy", "");

        assertThat(response.body()).contains("\"attempt-timeout\":\"252ms\"").doesNotContain("policy-expires-at");
        assertThat(deleted.body()).isEqualTo(response.body());
    }

    @ParameterizedTest
    @CsvSource({
        "999ms, ttl of recommendations is 999ms; it must be from 1s to 24h",
        "0s, ttl of recommendations is 0ms; it must be from 1s to 24h",
        "-1s, ttl of recommendations is -1s; it must be from 1s to 24h",
        "25h, ttl of recommendations is 25h; it must be from 1s to 24h",
        "90, 'ttl is 90; it must be a duration with its unit, such as 300ms or 2s'",
        "soon, 'ttl is soon; it must be a duration with its unit, such as 300ms or 2s'",
        "9999999d, 'ttl is 9999999d; it must be a duration with its unit, such as 300ms or 2s'",
        "'', 'ttl is ; it must be a duration with its unit, such as 300ms or 2s'",
        "'1s&ttl=2s', 'ttl is 1s,2s; it must be a duration with its unit, such as 300ms or 2s'"
    })
    void refusesATimeThatIsNotUsable(String ttl, String sentence) throws Exception {
        String before = send("GET", "/actuator/upstreams", "").body();

        HttpResponse<String> response =
                send("PUT", "/actuator/upstreams/recommendations/policy?ttl=" + ttl, POLICY.formatted("251ms"));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(response.body()).contains(sentence);
        assertThat(send("GET", "/actuator/upstreams", "").body()).isEqualTo(before);
    }

    /** Puts a lasting policy in use, and returns the view of it. */
    private String lasting() throws Exception {
        return send("PUT", "/actuator/upstreams/recommendations/policy", POLICY.formatted("250ms"))
                .body();
    }

    private static Instant expiry(String view) {
        Matcher matcher = Pattern.compile("\"policy-expires-at\":\"([^\"]+)\"").matcher(view);
        assertThat(matcher.find()).as(view).isTrue();
        return Instant.parse(matcher.group(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "nothing",
                "",
                "null",
                "1",
                "{\"policy\": {}}",
                "{\"connect-timeout\": \"100ms\", \"attempt-timeout\": \"0s\", \"deadline\": \"2s\"}",
                "{\"connect-timeout\": \"100ms\", \"attempt-timeout\": \"1s\", \"deadline\": \"2s\", \"x\": 1}"
            })
    void refusesAPolicyThatIsNotUsableAndKeepsTheOldOne(String body) throws Exception {
        String before = send("GET", "/actuator/upstreams", "").body();

        HttpResponse<String> response = send("PUT", "/actuator/upstreams/recommendations/policy", body);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(send("GET", "/actuator/upstreams", "").body()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'deadline': '1s', 'deadline': '2s'} | the body is not JSON at line 1, column 30: Duplicate field 'deadline'
            {'deadline': '1s'} {}                | the body is not JSON at line 1, column 20
            {'deadline':                         | the body is not JSON at line 1, column
            []                                   | the body is []; it must be a JSON object
            {'retries': 1}                       | retries is not known; known here are connect-timeout
            {'connect-timeout': 300}             | connect-timeout is 300; it must be a duration with its unit, such as 300ms or 2s
            {'connect-timeout': '1s'}            | attempt-timeout is missing; it must be a duration with its unit, such as 300ms or 2s
            """)
    void saysWhatIsWrongWithABody(String body, String sentence) throws Exception {
        HttpResponse<String> response =
                send("PUT", "/actuator/upstreams/recommendations/policy", body.replace('\'', '"'));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(response.body().replace("\\\"", "'")).contains(sentence);
    }

    @Test
    void saysWhatIsWrongEvenWhenAcceptCannotBeParsed() throws Exception {
        HttpResponse<String> response = CLIENT.send(
                HttpRequest.newBuilder(uri("/actuator/upstreams/recommendations/policy"))
                        .header("Accept", "///")
                        .PUT(BodyPublishers.ofString("{}"))
                        .build(),
                BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("connect-timeout is missing");
    }

    @Test
    void switchesNothingWhereTheEndpointIsReadOnly() throws Exception {
        application = start(true, "--management.endpoint.upstreams.access=read-only");

        HttpResponse<String> response =
                send("PUT", "/actuator/upstreams/recommendations/policy", POLICY.formatted("1s"));

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body()).contains("The access to the endpoint upstreams is read-only");
        application.close();
    }

    @Test
    void switchesNothingWhereTheEndpointIsNotExposed() throws Exception {
        application = start(true, "--management.endpoints.web.exposure.exclude=upstreams");

        assertThat(send("PUT", "/actuator/upstreams/recommendations/policy", POLICY.formatted("1s"))
                        .statusCode())
                .isEqualTo(404);
        application.close();
    }

    @Test
    void saysWhichValueBreaksWhichRule() throws Exception {
        HttpResponse<String> response =
                send("PUT", "/actuator/upstreams/recommendations/policy", POLICY.formatted("0s"));

        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(response.body()).contains("attempt-timeout of recommendations is 0ms; it must be from 1ms to 1h");
    }

    @Test
    void namesTheUpstreamsThatExist() throws Exception {
        assertNamesUpstreams(send("PUT", "/actuator/upstreams/nobody/policy", POLICY.formatted("1s")));
        assertNamesUpstreams(send("DELETE", "/actuator/upstreams/nobody/policy", ""));
    }

    private static void assertNamesUpstreams(HttpResponse<String> response) {

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).contains("The upstreams of this service are [recommendations]");
    }

    @Test
    void refusesAPolicyThatIsTooLong() throws Exception {
        assertThat(send("PUT", "/actuator/upstreams/recommendations/policy", " ".repeat(70_000))
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void isReadOnlyUnlessAPropertyAllowsMore() throws Exception {
        application = start(false);

        assertThat(send("GET", "/actuator/upstreams", "").statusCode()).isEqualTo(200);
        assertThat(send("PUT", "/actuator/upstreams/recommendations/policy", POLICY.formatted("1s"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(send("DELETE", "/actuator/upstreams/recommendations/policy", "")
                        .statusCode())
                .isEqualTo(403);
        application.close();
    }

    @Test
    void takesOverTheCallersDeadline() throws Exception {
        HttpResponse<String> response = sendWithDeadline("5000");

        assertThat(Long.parseLong(response.body())).isBetween(1L, 5000L);
        assertThat(send("GET", "/remaining", "").body()).isEqualTo("none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "soon", "3600001", "99999999999999999999", "1.5", " "})
    void refusesADeadlineThatCannotBeUnderstood(String value) throws Exception {
        HttpResponse<String> response = sendWithDeadline(value);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("must be given once, as whole milliseconds from 1 to 3600000");
    }

    private HttpResponse<String> sendWithDeadline(String value) throws Exception {
        return CLIENT.send(
                HttpRequest.newBuilder(uri("/remaining"))
                        .header(Deadline.HEADER, value)
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        return CLIENT.send(
                HttpRequest.newBuilder(uri(path))
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + application.getWebServer().getPort() + path);
    }

    private static ServletWebServerApplicationContext start(boolean switching, String... more) {
        return (ServletWebServerApplicationContext) new SpringApplicationBuilder(Application.class)
                .properties(
                        "server.port=0",
                        "management.endpoints.web.exposure.include=*",
                        "api-client.policy-switching=" + switching,
                        "api-client.upstreams.recommendations.base-url=http://127.0.0.1:18002")
                .run(more);
    }

    @Configuration
    @EnableAutoConfiguration
    @RestController
    static class Application {

        @GetMapping("/remaining")
        String remaining() {
            return Deadline.current()
                    .map(deadline -> Long.toString(deadline.remaining().toMillis()))
                    .orElse("none");
        }
    }
}

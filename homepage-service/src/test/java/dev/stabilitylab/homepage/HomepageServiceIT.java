package dev.stabilitylab.homepage;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static dev.stabilitylab.servicekit.contract.Problems.assertProblem;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.stabilitylab.servicekit.contract.HttpAnswer;
import dev.stabilitylab.servicekit.contract.ProtectedContract;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

class HomepageServiceIT extends ProtectedContract {

    private static final WireMockServer RECOMMENDATIONS = neighbour();
    private static final WireMockServer POPULARITY = neighbour();
    private static final int DELAY_MILLIS = 400;

    HomepageServiceIT() {
        super("GET", "/home");
    }

    @DynamicPropertySource
    static void useNeighbours(DynamicPropertyRegistry properties) {
        use(properties, "recommendations", RECOMMENDATIONS);
        use(properties, "popularity", POPULARITY);
    }

    @BeforeEach
    void letNeighboursAnswer() {
        RECOMMENDATIONS.resetAll();
        POPULARITY.resetAll();
        recommend(okJson("[12, 23, 100]"));
        listPopular(okJson("[1, 2]"));
    }

    private static void recommend(ResponseDefinitionBuilder answer) {
        RECOMMENDATIONS.stubFor(get("/recommendations").willReturn(answer));
    }

    private static void listPopular(ResponseDefinitionBuilder answer) {
        POPULARITY.stubFor(get("/popular-items").willReturn(answer));
    }

    @Test
    void composesThePageFromBothUpstreams() {
        HttpAnswer answer = callWell();

        assertPage(answer, "{\"recommendations\":[12,23,100],\"popular_items\":[1,2]}", "");
        assertThat(answer.header("cache-control")).isEqualTo("no-store");
        assertThat(answer.header("content-type")).isEqualTo("application/json");
    }

    @Test
    void takesAnEmptyListForAnAnswer() {
        recommend(okJson("[]"));

        assertPage(callWell(), "{\"recommendations\":[],\"popular_items\":[1,2]}", "");
    }

    @Test
    void answersHeadWithoutABody() {
        HttpAnswer answer = http().send("HEAD", "/home", "Authorization: Token 0x132");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void forbidsUsersWithoutThePermissionAndAsksNobodyElse() {
        grant("can_view_recommendations");

        HttpAnswer answer = callWell();

        assertProblem(answer, 403);
        assertThat(answer.body()).contains("can_view_homepage");
        RECOMMENDATIONS.verify(0, anyRequestedFor(anyUrl()));
        POPULARITY.verify(0, anyRequestedFor(anyUrl()));
    }

    @Test
    void answersUsersWithoutRecommendationsInFullAndMakesNoCall() {
        grant("can_view_homepage");

        HttpAnswer answer = callWell();

        assertPage(answer, "{\"recommendations\":[],\"popular_items\":[1,2]}", "");
        RECOMMENDATIONS.verify(0, anyRequestedFor(anyUrl()));
    }

    @Test
    void forwardsTheTokenAndTheRemainingTimeAndNothingElseOfTheRequest() {
        callWell("Cookie: a=b", "X-Permissions: all", "Deadline-Remaining-Ms: 9000", "Accept-Language: de");

        for (WireMockServer upstream : new WireMockServer[] {RECOMMENDATIONS, POPULARITY}) {
            upstream.verify(
                    1,
                    anyRequestedFor(anyUrl())
                            .withHeader("Authorization", equalTo("Token 0x132"))
                            .withoutHeader("Cookie")
                            .withoutHeader("X-Permissions")
                            .withoutHeader("Accept-Language"));
            assertThat(remainingMillis(upstream)).isBetween(1, 2_000);
        }
        RECOMMENDATIONS.verify(1, getRequestedFor(urlEqualTo("/recommendations")));
        POPULARITY.verify(1, getRequestedFor(urlEqualTo("/popular-items")));
    }

    @Test
    void leavesBothUpstreamsNoMoreTimeThanTheCallerHas() {
        callWell("Deadline-Remaining-Ms: 450");

        assertThat(remainingMillis(RECOMMENDATIONS)).isBetween(1, 450);
        assertThat(remainingMillis(POPULARITY)).isBetween(1, 450);
    }

    private static int remainingMillis(WireMockServer upstream) {
        return Integer.parseInt(upstream.getAllServeEvents().get(0).getRequest().getHeader("Deadline-Remaining-Ms"));
    }

    @Test
    void asksBothUpstreamsAtTheSameTime() {
        callWell();
        recommend(okJson("[12, 23, 100]").withFixedDelay(DELAY_MILLIS));
        listPopular(okJson("[1, 2]").withFixedDelay(DELAY_MILLIS));

        callWell();

        assertThat(lastArrival(RECOMMENDATIONS)).isCloseTo(lastArrival(POPULARITY), within(DELAY_MILLIS - 1L));
    }

    private static long lastArrival(WireMockServer upstream) {
        return upstream.getAllServeEvents()
                .get(0)
                .getRequest()
                .getLoggedDate()
                .toInstant()
                .toEpochMilli();
    }

    static Stream<ResponseDefinitionBuilder> failures() {
        return Stream.of(
                status(500),
                status(503).withHeader("Retry-After", "30"),
                status(401),
                status(403),
                status(404),
                status(429),
                status(302).withHeader("Location", "/elsewhere"),
                status(204),
                okJson("null"),
                okJson("{}"),
                okJson("\"12\""),
                okJson("[1, null]"),
                okJson("[1, 2.5]"),
                okJson("[1, \"2\"]"),
                okJson("[1, [2]]"),
                okJson("[1, true]"),
                okJson("[1, 9999999999999]"),
                okJson("[1, 2"),
                okJson("[1, 2] and more"),
                okJson("[" + "1,".repeat(4_000_000) + "1]"),
                okJson("[".repeat(100_000)),
                aResponse().withBody("<html>"),
                aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER),
                aResponse().withFault(Fault.EMPTY_RESPONSE),
                aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK),
                aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE),
                okJson("[7]").withFixedDelay(5_000),
                okJson("[7, 8, 9]").withChunkedDribbleDelay(3, 6_000));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void doesWithoutRecommendations(ResponseDefinitionBuilder failure) {
        recommend(failure);

        assertPage(callWell(), "{\"recommendations\":[],\"popular_items\":[1,2]}", "recommendations");
    }

    @ParameterizedTest
    @MethodSource("failures")
    void doesWithoutPopularItems(ResponseDefinitionBuilder failure) {
        listPopular(failure);

        assertPage(callWell(), "{\"recommendations\":[12,23,100],\"popular_items\":[]}", "popularity");
    }

    @Test
    void prefersAnEmptyPageToAnErrorPage() {
        recommend(status(500));
        listPopular(status(500));

        assertPage(callWell(), "{\"recommendations\":[],\"popular_items\":[]}", "recommendations,popularity");
    }

    @Test
    void countsPagesByTheirOutcome() {
        PageCounts before = PageCounts.read(management());

        callWell();
        grant("can_view_homepage");
        callWell();
        recommend(status(500));
        grant("can_view_homepage", "can_view_recommendations");
        callWell();
        call();
        callWell("Accept: text/html");
        callWell("Deadline-Remaining-Ms: soon");
        AUTH.resetAll();
        callWell();

        assertThat(PageCounts.read(management()).since(before)).isEqualTo(new PageCounts(2, 1, 3, 1));
    }

    @Test
    void countsAPageForWhichThereWasNoTimeAsAFailure() {
        AUTH.stubFor(post("/authenticate").willReturn(status(200).withFixedDelay(DELAY_MILLIS)));
        PageCounts before = PageCounts.read(management());

        HttpAnswer answer = callWell("Deadline-Remaining-Ms: 1");

        assertThat(answer.status()).isGreaterThanOrEqualTo(500);
        assertThat(PageCounts.read(management()).since(before)).isEqualTo(new PageCounts(0, 0, 0, 1));
    }

    @Test
    void countsNothingThatIsNotAPage() {
        PageCounts before = PageCounts.read(management());

        http().send("HEAD", "/home", "Authorization: Token 0x132");
        http().send("OPTIONS", "/home");
        http().send("GET", "/unknown");
        http().send("GET", "/home/");
        management().send("GET", "/actuator/health");

        assertThat(PageCounts.read(management())).isEqualTo(before);
    }

    @Test
    void countsAPageWhoseCallerHasGoneAsAFailure(@LocalServerPort int port) throws IOException {
        recommend(okJson("[12]").withFixedDelay(DELAY_MILLIS));
        PageCounts before = PageCounts.read(management());

        try (Socket caller = new Socket(InetAddress.getLoopbackAddress(), port)) {
            caller.getOutputStream()
                    .write("GET /home HTTP/1.1\r\nHost: localhost\r\nAuthorization: Token 0x132\r\n\r\n"
                            .getBytes(US_ASCII));
            await().until(() -> !RECOMMENDATIONS.getAllServeEvents().isEmpty());
            caller.setSoLinger(true, 0);
        }

        await().untilAsserted(() ->
                assertThat(PageCounts.read(management()).since(before)).isEqualTo(new PageCounts(0, 0, 0, 1)));
    }

    @Test
    void hasAHistogramOfItsPages() {
        assertThat(management().send("GET", "/actuator/prometheus").body().lines())
                .filteredOn(line -> line.startsWith(
                        "homepage_pages_seconds_bucket{application=\"homepage-service\",outcome=\"full\","))
                .hasSize(16)
                .anyMatch(line -> line.contains("le=\"0.005\""))
                .anyMatch(line -> line.contains("le=\"10.0\""))
                .anyMatch(line -> line.contains("le=\"+Inf\""));
    }

    private static void assertPage(HttpAnswer answer, String body, String degraded) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(body);
        assertThat(answer.header("degraded")).isEqualTo(degraded);
    }
}

package dev.stabilitylab.servicekit.contract;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static dev.stabilitylab.servicekit.contract.Problems.assertUnauthorized;
import static dev.stabilitylab.servicekit.contract.Problems.assertUnavailable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.autoconfigure.actuate.observability.AutoConfigureObservability;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * What every service that asks auth does when stale-if-error is on for auth. Each test has a token of its own, so that one does not see what
 * the gateway keeps for another.
 */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "api-client.upstreams.auth.policies=circuit-breaker, stale-if-error",
            "logging.level.dev.stabilitylab=debug"
        })
@AutoConfigureObservability(tracing = false)
@ExtendWith(OutputCaptureExtension.class)
public abstract class StalePermissionsContract {

    /** More than the impatient callers below give. */
    private static final int SLOW_MILLIS = 80;

    private static final WireMockServer AUTH = neighbour();

    private final String path;
    private RawHttp http = new RawHttp(0);
    private RawHttp management = new RawHttp(0);

    /** The service's endpoint, for GET. */
    protected StalePermissionsContract(String path) {
        this.path = path;
    }

    /** A stub of an upstream, on a free port, for the whole run. */
    protected static WireMockServer neighbour() {
        return ProtectedContract.neighbour();
    }

    /** Makes {@code server} stand for the upstream {@code name}. */
    protected static void use(DynamicPropertyRegistry properties, String name, WireMockServer server) {
        ProtectedContract.use(properties, name, server);
    }

    @DynamicPropertySource
    static void useAuth(DynamicPropertyRegistry properties) {
        use(properties, "auth", AUTH);
    }

    @BeforeEach
    void connect(@LocalServerPort int port, @LocalManagementPort int managementPort) {
        http = new RawHttp(port);
        management = new RawHttp(managementPort);
        AUTH.resetAll();
    }

    /** Talks to the service. */
    protected final RawHttp http() {
        return http;
    }

    /** Talks to the service's management port. */
    protected final RawHttp management() {
        return management;
    }

    /** Calls the endpoint with this token. */
    protected final HttpAnswer call(String token, String... moreHeaders) {
        return http.send(
                "GET",
                path,
                Stream.concat(Stream.of("Authorization: Token " + token), Stream.of(moreHeaders))
                        .toArray(String[]::new));
    }

    /** Makes auth know this token, with all permissions, and the service ask about it; more than once while it is still cold and slow. */
    protected final void introduce(String token) {
        authAnswers(token, known());
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            HttpAnswer answer = call(token);
            assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
            assertThat(answer.headers()).doesNotContainKeys("degraded", "age");
        });
    }

    /** Makes auth answer every question about this token with this. */
    protected final void authAnswers(String token, ResponseDefinitionBuilder answer) {
        AUTH.stubFor(post("/authenticate")
                .withHeader("Authorization", equalTo("Token " + token))
                .willReturn(answer));
    }

    private static ResponseDefinitionBuilder known() {
        return okJson("{\"uuid\": \"0b6a1f5e-54c1-4a0f-9d0c-6f1f2f3c0132\","
                + " \"permissions\": [\"can_view_homepage\", \"can_view_recommendations\"]}");
    }

    @Test
    void saysHowOldThePermissionsAreWhileAuthIsDown(CapturedOutput output) {
        introduce("sEcReT-down");
        authAnswers("sEcReT-down", status(500));

        HttpAnswer answer = call("sEcReT-down");

        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.header("degraded")).isEqualTo("auth");
        assertThat(Integer.parseInt(answer.header("age"))).isBetween(0, 20);
        assertThat(output.getAll()).doesNotContain("sEcReT");
    }

    @Test
    void saysNothingOnceAuthIsBack() {
        introduce("back");
        authAnswers("back", status(500));
        call("back");
        authAnswers("back", known());

        assertThat(call("back").headers()).doesNotContainKeys("degraded", "age");
    }

    @Test
    void letsNobodyInWhomItDoesNotKnowWhileAuthIsDown() {
        introduce("known");
        authAnswers("unknown", status(500));

        assertUnavailable(call("unknown"));
    }

    @Test
    void forgetsATokenThatAuthHasWithdrawn() {
        introduce("withdrawn");
        authAnswers("withdrawn", status(401));
        HttpAnswer first = call("withdrawn");
        authAnswers("withdrawn", status(500));
        HttpAnswer second = call("withdrawn");

        assertUnauthorized(first);
        assertUnavailable(second);
    }

    @Test
    void doesNotLetAShortDeadlineBringBackAWithdrawnToken() {
        introduce("attack");
        authAnswers("attack", status(401));

        assertThat(IntStream.range(0, 120)
                        .map(i -> call("attack", "Deadline-Remaining-Ms: " + (1 + i % 8))
                                .status()))
                .allMatch(status -> status == 401 || status == 503 || status == 504);
    }

    /** On a busy machine auth's answer may be read late and still count: then the permissions are fresh. */
    @Test
    void doesNotLetAShortDeadlineTurnASlowAuthIntoAFailedOne() {
        introduce("hasty");
        authAnswers("hasty", known().withFixedDelay(SLOW_MILLIS));

        assertThat(IntStream.range(0, 40)
                        .mapToObj(i -> call("hasty", "Deadline-Remaining-Ms: " + (1 + i * (SLOW_MILLIS - 5) / 40))))
                .allSatisfy(answer -> {
                    assertThat(answer.status()).as(answer.toString()).isIn(200, 503, 504);
                    assertThat(answer.header("degraded")).doesNotContain("auth");
                    assertThat(answer.headers()).doesNotContainKey("age");
                });
    }
}

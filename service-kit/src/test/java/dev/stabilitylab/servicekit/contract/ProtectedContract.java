package dev.stabilitylab.servicekit.contract;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static dev.stabilitylab.servicekit.contract.Problems.assertUnauthorized;
import static dev.stabilitylab.servicekit.contract.Problems.assertUnavailable;
import static dev.stabilitylab.servicekit.contract.Tokens.SECRET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * What every service does that asks auth. Auth is a stub behind a real socket, and the gateway is the real one; only its
 * breakers are made too patient to open, so that one test's failures are not another's.
 */
public abstract class ProtectedContract extends ServiceContract {

    /** Auth. It knows every token, with all permissions, until a test says otherwise. */
    protected static final WireMockServer AUTH = neighbour();

    /** Ports of services that have answered: a first call may outlast its timeout on a busy machine, and contracts are not about that. */
    private static final Set<Integer> WARM = ConcurrentHashMap.newKeySet();

    /** The service's endpoint. */
    protected ProtectedContract(String method, String path) {
        super(method, path);
    }

    /** A stub of an upstream, on a free port, for the whole run. */
    protected static WireMockServer neighbour() {
        WireMockServer server = new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));
        server.start();
        return server;
    }

    /** Makes {@code server} stand for the upstream {@code name}. */
    protected static void use(DynamicPropertyRegistry properties, String name, WireMockServer server) {
        properties.add("api-client.upstreams.%s.base-url".formatted(name), server::baseUrl);
        // Any call is slow on a busy machine; how slow is too slow is not what contracts are about.
        properties.add("resilience4j.timelimiter.instances.auth.timeout-duration", () -> "1s");
        properties.add("resilience4j.circuitbreaker.instances.%s.sliding-window-size".formatted(name), () -> 10_000);
        properties.add(
                "resilience4j.circuitbreaker.instances.%s.minimum-number-of-calls".formatted(name), () -> 10_000);
    }

    @DynamicPropertySource
    static void useAuth(DynamicPropertyRegistry properties) {
        use(properties, "auth", AUTH);
    }

    @BeforeEach
    void letAuthKnowEveryone(@LocalServerPort int port) {
        AUTH.resetAll();
        grant("can_view_homepage", "can_view_recommendations", "can_do_what_nobody_knows");
        if (WARM.add(port)) {
            await().atMost(Duration.ofMinutes(1)).until(() -> callWell().status() == 200);
            AUTH.resetRequests();
        }
    }

    /** Makes auth grant these permissions and no others. */
    protected final void grant(String... permissions) {
        String granted = permissions.length == 0 ? "" : "\"" + String.join("\", \"", permissions) + "\"";
        answer(okJson(
                "{\"uuid\": \"0b6a1f5e-54c1-4a0f-9d0c-6f1f2f3c0132\", \"permissions\": [%s]}".formatted(granted)));
    }

    private static void answer(ResponseDefinitionBuilder answer) {
        AUTH.stubFor(post("/authenticate").willReturn(answer));
    }

    @Test
    void asksAuthWithTheCallersTokenAndNothingElseOfTheRequest() {
        callWell("Cookie: a=b", "X-Forwarded-User: root");

        AUTH.verify(
                1,
                postRequestedFor(urlEqualTo("/authenticate"))
                        .withHeader("Authorization", equalTo("Token 0x132"))
                        .withoutHeader("Cookie")
                        .withoutHeader("X-Forwarded-User"));
    }

    @Test
    void doesNotAskAuthAboutAMalformedToken() {
        call("Authorization: Bearer " + SECRET);

        AUTH.verify(0, anyRequestedFor(anyUrl()));
    }

    @Test
    void acceptsTheSchemeInAnyCase() {
        assertThat(call("Authorization: tOKEN   0x132").status()).isEqualTo(200);
    }

    @Test
    void challengesATokenThatAuthDoesNotKnow(CapturedOutput output) {
        answer(status(401).withHeader("WWW-Authenticate", "Token realm=\"stability-lab\""));

        HttpAnswer answer = call("Authorization: Token " + SECRET);

        assertUnauthorized(answer);
        assertThat(answer.toString()).doesNotContain(SECRET);
        assertThat(output.getAll()).doesNotContain(SECRET);
        AUTH.verify(1, anyRequestedFor(anyUrl()));
    }

    static Stream<ResponseDefinitionBuilder> answersThatDoNotSayWhoItIs() {
        return Stream.of(
                status(500),
                status(503).withHeader("Retry-After", "7"),
                status(400),
                status(403),
                status(404),
                status(429).withHeader("Retry-After", "1"),
                status(302).withHeader("Location", "/elsewhere"),
                status(204),
                okJson("null"),
                okJson("[]"),
                okJson("{}"),
                okJson("{\"uuid\": \"0b6a1f5e-54c1-4a0f-9d0c-6f1f2f3c0132\"}"),
                okJson("{\"uuid\": \"0b6a1f5e-54c1-4a0f-9d0c-6f1f2f3c0132\", \"permissions\": null}"),
                okJson("{\"uuid\": \"0b6a1f5e-54c1-4a0f-9d0c-6f1f2f3c0132\", \"permissions\": [null]}"),
                okJson("{\"uuid\": null, \"permissions\": [\"can_view_homepage\"]}"),
                okJson("{\"uuid\": \"me\", \"permissions\": [\"can_view_homepage\"]}"),
                okJson("{\"uuid\": \"0b6a1f5e-54c1-4a0f-9d0c-6f1f2f3c0132\", \"permissions\": \"all\"}"),
                okJson("{\"uuid\": \"0b6a1f5e-54c1-4a0f-9d0c-6f1f2f3c0132\", \"permissions\": [\"can_view_homepage\""),
                okJson("\"" + "x".repeat(20_000_000) + "\""),
                aResponse().withBody("<html>Welcome to the captive portal</html>"),
                aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER),
                aResponse().withFault(Fault.EMPTY_RESPONSE),
                aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE),
                okJson("{}").withFixedDelay(5_000),
                okJson("{}").withChunkedDribbleDelay(2, 5_000));
    }

    @ParameterizedTest
    @MethodSource("answersThatDoNotSayWhoItIs")
    void letsNobodyInWhenAuthCannotTell(ResponseDefinitionBuilder answer, CapturedOutput output) {
        answer(answer);

        HttpAnswer response = call("Authorization: Token " + SECRET);

        assertUnavailable(response);
        assertThat(response.toString()).doesNotContain(SECRET);
        assertThat(output.getAll()).doesNotContain(SECRET);
    }
}

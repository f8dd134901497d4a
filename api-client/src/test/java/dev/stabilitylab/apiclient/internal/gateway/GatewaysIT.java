package dev.stabilitylab.apiclient.internal.gateway;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.stabilitylab.apiclient.ApiCall;
import dev.stabilitylab.apiclient.Deadline;
import dev.stabilitylab.apiclient.Failure;
import dev.stabilitylab.apiclient.FailureKind;
import dev.stabilitylab.apiclient.Outcome;
import dev.stabilitylab.apiclient.Outcome.Degraded;
import dev.stabilitylab.apiclient.Outcome.Failed;
import dev.stabilitylab.apiclient.Outcome.Stale;
import dev.stabilitylab.apiclient.Outcome.Success;
import dev.stabilitylab.apiclient.internal.policy.Jitter;
import dev.stabilitylab.apiclient.internal.policy.Policy;
import dev.stabilitylab.apiclient.internal.policy.Policy.BreakerPosition;
import dev.stabilitylab.apiclient.internal.policy.Policy.WindowType;
import dev.stabilitylab.apiclient.internal.wire.Wire;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

/** The whole gateway against a real HTTP server. */
@Timeout(60)
class GatewaysIT {

    @RegisterExtension
    static final WireMockExtension UPSTREAM = WireMockExtension.newInstance()
            .options(WireMockConfiguration.options().dynamicPort().http2PlainDisabled(true))
            .build();

    private static final Duration MS = Duration.ofMillis(1);
    private static final TypeReference<List<Integer>> ITEMS = new TypeReference<>() {};

    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final CircuitBreakerRegistry breakers = CircuitBreakerRegistry.ofDefaults();
    private Gateways gateways = gateways(policy(null, null, null));

    @BeforeEach
    void answerWithItems() {
        UPSTREAM.stubFor(get("/items").willReturn(okJson("[1, 2, 3]")));
    }

    @AfterEach
    void close() {
        gateways.close();
    }

    @Test
    void returnsTheAnswer() {
        assertThat(items().call()).isInstanceOfSatisfying(Success.class, success -> {
            assertThat(success.value()).isEqualTo(List.of(1, 2, 3));
            assertThat(success.response().status()).isEqualTo(200);
            assertThat(success.response().headers().first("content-type")).contains("application/json");
        });
        assertThat(meters.get("api.client.calls")
                        .tag("outcome", "success")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(meters.get("api.client.attempts")
                        .tag("outcome", "success")
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "CONNECTION_RESET_BY_PEER, CONNECTION_LOST",
        "EMPTY_RESPONSE, CONNECTION_LOST",
        "MALFORMED_RESPONSE_CHUNK, BAD_RESPONSE"
    })
    void namesWhatHappenedOnTheWireAndSendsOnce(Fault fault, FailureKind kind) {
        UPSTREAM.stubFor(get("/items").willReturn(aResponse().withFault(fault)));

        assertThat(failureOf(items().call()).kind()).isEqualTo(kind);

        UPSTREAM.verify(1, anyRequestedFor(anyUrl()));
        assertNothingLeaks();
    }

    @Test
    void takesNoiseForAFailureOfTheUpstream() {
        UPSTREAM.stubFor(get("/items").willReturn(aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE)));

        // The noise is random: it may end before it is recognised as such.
        assertThat(failureOf(items().call()).kind()).isIn(FailureKind.BAD_RESPONSE, FailureKind.CONNECTION_LOST);
        UPSTREAM.verify(1, anyRequestedFor(anyUrl()));
        assertNothingLeaks();
    }

    @Test
    void endsADrippingAnswerAtTheAttemptTimeout() {
        use(new Policy(MS.multipliedBy(300), MS.multipliedBy(500), MS.multipliedBy(900), null, null, null, null, null));
        UPSTREAM.stubFor(get("/items").willReturn(okJson("[1, 2, 3]").withChunkedDribbleDelay(9, 9000)));

        assertThat(failureOf(items().call())).isEqualTo(new Failure.TimedOut("items", MS.multipliedBy(500)));
        assertNothingLeaks();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "{}", "null", "[1, null]", "[\"1\"]", "[1.5]", "[1] [2]", "[1", "12"})
    void refusesAnAnswerOfAnotherShape(String body) {
        UPSTREAM.stubFor(get("/items").willReturn(okJson(body)));

        assertThat(failureOf(items().call()).kind()).isEqualTo(FailureKind.BAD_RESPONSE);
    }

    @Test
    void refusesAnAnswerThatIsTooLong() {
        UPSTREAM.stubFor(get("/items").willReturn(okJson("[" + "1,".repeat(100_000) + "1]")));

        assertThat(failureOf(items().call()).message()).contains("longer than 100000 bytes");
    }

    @ParameterizedTest
    @CsvSource({"500, SERVER_ERROR", "503, SERVER_ERROR", "429, THROTTLED", "404, REJECTED", "302, REJECTED"})
    void namesTheStatus(int status, FailureKind kind) {
        UPSTREAM.stubFor(get("/items").willReturn(status(status)));

        assertThat(failureOf(items().call()).kind()).isEqualTo(kind);
    }

    @Test
    void letsTheFallbackStandInAndKeepsTheReason() {
        UPSTREAM.stubFor(get("/items").willReturn(status(500)));

        Outcome<List<Integer>> outcome = items().fallback(List.of()).call();

        assertThat(outcome).isInstanceOfSatisfying(Degraded.class, degraded -> {
            assertThat(degraded.value()).isEqualTo(List.of());
            assertThat(degraded.failure().kind()).isEqualTo(FailureKind.SERVER_ERROR);
        });
        assertThat(meters.get("api.client.fallbacks")
                        .tag("cause", "server_error")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void retriesIdempotentCallsOnly() {
        use(policy(retry(3), null, null));
        UPSTREAM.stubFor(get("/items").willReturn(status(503)));
        UPSTREAM.stubFor(post("/items").willReturn(status(503)));

        items().call();
        UPSTREAM.verify(3, getRequestedFor(urlEqualTo("/items")));

        UPSTREAM.resetRequests();
        gateways.upstream("items")
                .post("/items")
                .body(Map.of("a", 1))
                .expect(ITEMS)
                .call();
        UPSTREAM.verify(1, anyRequestedFor(anyUrl()));

        UPSTREAM.resetRequests();
        gateways.upstream("items").post("/items").idempotent().expect(ITEMS).call();
        UPSTREAM.verify(3, anyRequestedFor(anyUrl()));
    }

    @Test
    void countsEveryAttemptWhenTheBreakerIsInside() {
        use(policy(retry(4), breaker(BreakerPosition.INSIDE_RETRY), null));
        UPSTREAM.stubFor(get("/items").willReturn(status(500)));

        items().call();
        Failure second = failureOf(items().call());

        assertThat(second.kind()).isEqualTo(FailureKind.BREAKER_OPEN);
        UPSTREAM.verify(5, anyRequestedFor(anyUrl()));
    }

    @Test
    void countsEveryCallWhenTheBreakerIsOutside() {
        use(policy(retry(4), breaker(BreakerPosition.OUTSIDE_RETRY), null));
        UPSTREAM.stubFor(get("/items").willReturn(status(500)));

        for (int i = 0; i < 7; i++) {
            items().call();
        }

        UPSTREAM.verify(20, anyRequestedFor(anyUrl()));
        assertThat(breakerView().state()).isEqualTo("OPEN");
    }

    @Test
    void endsAtTheDeadlineHoweverManyAttemptsAreLeft() {
        Policy policy = new Policy(
                MS.multipliedBy(300),
                MS.multipliedBy(100),
                MS.multipliedBy(250),
                new Policy.Retry(100, MS, 1, MS, Jitter.NONE),
                null,
                null,
                null,
                null);
        use(policy);
        UPSTREAM.stubFor(get("/items").willReturn(okJson("[]").withFixedDelay(5000)));

        long start = System.nanoTime();
        Outcome<List<Integer>> outcome = items().call();

        assertThat(failureOf(outcome).kind()).isIn(FailureKind.TIMED_OUT, FailureKind.DEADLINE_EXCEEDED);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
        assertNothingLeaks();
    }

    @Test
    void takesTheCallersDeadlineWhereItIsEarlierAndDoesNotBlameTheUpstream() throws Exception {
        use(policy(null, breaker(BreakerPosition.INSIDE_RETRY), null));
        UPSTREAM.stubFor(get("/items").willReturn(okJson("[]").withFixedDelay(300)));

        for (int i = 0; i < 6; i++) {
            Outcome<List<Integer>> outcome = Deadline.in(MS.multipliedBy(50)).call(() -> items().call());
            assertThat(failureOf(outcome).kind()).isEqualTo(FailureKind.DEADLINE_EXCEEDED);
        }

        assertThat(breakerView().state()).isEqualTo("CLOSED");
    }

    @Test
    void doesNotBlameAnUpstreamThatRefusesForLackOfTime() throws Exception {
        UPSTREAM.stubFor(get("/items").willReturn(status(504)));

        Outcome<List<Integer>> hurried = Deadline.in(Duration.ofSeconds(2)).call(() -> items().call());

        assertThat(failureOf(hurried).kind()).isEqualTo(FailureKind.DEADLINE_EXCEEDED);
        assertThat(failureOf(items().call()).kind()).isEqualTo(FailureKind.SERVER_ERROR);
    }

    @Test
    void sendsTheTimeThatIsLeft() throws Exception {
        Deadline.in(Duration.ofSeconds(4)).call(() -> items().call());

        UPSTREAM.verify(
                getRequestedFor(urlEqualTo("/items")).withHeader(Deadline.HEADER, matching("[1-3]?\\d{1,3}|4000")));
    }

    @Test
    void letsNoMoreAttemptsThroughThanTheBulkheadHolds() throws Exception {
        use(policy(null, null, new Policy.Bulkhead(2, Duration.ZERO)));
        UPSTREAM.stubFor(get("/items").willReturn(okJson("[]").withFixedDelay(400)));

        List<Thread> holders = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Thread holder = new Thread(() -> items().call());
            holder.start();
            holders.add(holder);
        }
        await().until(() -> gateways.view("items").connections().leased() == 2);

        assertThat(failureOf(items().call())).isEqualTo(new Failure.BulkheadFull("items", 2));
        for (Thread holder : holders) {
            holder.join();
        }
        UPSTREAM.stubFor(get("/items").willReturn(okJson("[]")));
        assertThat(items().call()).isInstanceOf(Success.class);
    }

    @Test
    void switchesThePolicyWholeAndGivesAFreshBreaker() {
        use(policy(null, breaker(BreakerPosition.INSIDE_RETRY), null));
        UPSTREAM.stubFor(get("/items").willReturn(status(500)));
        for (int i = 0; i < 5; i++) {
            items().call();
        }
        assertThat(breakerView().state()).isEqualTo("OPEN");

        gateways.switchPolicy("items", policy(retry(2), breaker(BreakerPosition.INSIDE_RETRY), null));

        assertThat(breakerView().state()).isEqualTo("CLOSED");
        assertThat(breakerView().transitions()).isEmpty();
        assertThat(breakers.circuitBreaker("items").getState().name()).isEqualTo("CLOSED");
        assertThat(gateways.view("items").policy().get("retry")).asString().contains("max-attempts=2");
    }

    @Test
    void comesBackToTheLastingPolicyWithAFreshBreaker() {
        use(policy(null, breaker(BreakerPosition.INSIDE_RETRY), null));
        UPSTREAM.stubFor(get("/items").willReturn(status(500)));
        for (int i = 0; i < 5; i++) {
            items().call();
        }
        Map<String, Object> lasting = gateways.view("items").policy();

        gateways.switchPolicy("items", policy(retry(2), null, null), Duration.ofHours(1));
        boolean hadBreaker = gateways.view("items").breaker() != null;
        gateways.endTemporaryPolicy("items");

        assertThat(hadBreaker).isFalse();
        assertThat(breakerView().state()).isEqualTo("CLOSED");
        assertThat(breakerView().transitions()).isEmpty();
        assertThat(gateways.view("items").policy()).isEqualTo(lasting);
        assertThat(gateways.view("items").policyExpiresAt()).isNull();
    }

    @Test
    void endsACallWithTheTemporaryPolicyItStartedWith() {
        use(new Policy(
                Duration.ofSeconds(1), Duration.ofMillis(200), Duration.ofSeconds(20), null, null, null, null, null));
        UPSTREAM.stubFor(get("/items").willReturn(okJson("[1]").withFixedDelay(1_500)));
        gateways.switchPolicy("items", policy(null, null, null), Duration.ofSeconds(1));

        Outcome<List<Integer>> begunWithTheTemporaryPolicy = items().call();

        assertThat(begunWithTheTemporaryPolicy).isInstanceOf(Success.class);
        assertThat(gateways.view("items").policyExpiresAt()).isNull();
        assertThat(failureOf(items().call()).kind()).isEqualTo(FailureKind.TIMED_OUT);
    }

    @ParameterizedTest
    @CsvSource({"999, 999ms", "86400001, 86400001ms", "0, 0ms", "-1000, -1s"})
    void changesNothingWhenATemporaryPolicysTimeIsOutOfRange(long millis, String shown) {
        UpstreamView before = gateways.view("items");

        assertThatThrownBy(
                        () -> gateways.switchPolicy("items", policy(retry(0), null, null), Duration.ofMillis(millis)))
                .hasMessage("retry.max-attempts of items is 0; it must be from 1 to 100; "
                        + "ttl of items is %s; it must be from 1s to 24h".formatted(shown));

        assertThat(gateways.view("items")).isEqualTo(before);
    }

    @Test
    void changesNothingWhenTheNewPolicyIsWrong() {
        Map<String, Object> before = gateways.view("items").policy();

        assertThatThrownBy(() -> gateways.switchPolicy("items", policy(retry(0), null, null)))
                .hasMessage("retry.max-attempts of items is 0; it must be from 1 to 100");

        assertThat(gateways.view("items").policy()).isEqualTo(before);
    }

    @Test
    void endsCancelledWhenTheThreadIsInterrupted() {
        Thread.currentThread().interrupt();

        Outcome<List<Integer>> outcome = items().call();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(failureOf(outcome)).isEqualTo(new Failure.Cancelled("items"));
        assertNothingLeaks();
    }

    @ParameterizedTest
    @CsvSource({"'X\nY', v", "X, 'a\nb'", "X, 'ü'", "'', v", "deadline-remaining-ms, 5"})
    void refusesAHeaderThatCannotBeSentWithoutRepeatingItsValue(String name, String value) {
        assertThatThrownBy(() -> gateways.upstream("items").get("/items").header(name, value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("(?s).*header.*");
    }

    @Test
    void namesTheUpstreamsThatExist() {
        assertThatThrownBy(() -> gateways.upstream("item"))
                .hasMessage("there is no upstream item; configured are [items]");
    }

    private ApiCall<List<Integer>> items() {
        return gateways.upstream("items").get("/items").expect(ITEMS);
    }

    private UpstreamView.BreakerView breakerView() {
        return Objects.requireNonNull(gateways.view("items").breaker());
    }

    @Test
    void sparesAnUpstreamThatFailsForEverybodyTheRetriesAboveTheBudget() {
        use(new Policy(
                Duration.ofSeconds(1),
                Duration.ofSeconds(5),
                Duration.ofSeconds(20),
                retry(4),
                new Policy.RetryBudget(10, 2),
                null,
                null,
                null));
        UPSTREAM.stubFor(get("/items").willReturn(status(503)));

        for (int call = 0; call < 21; call++) {
            items().call();
        }

        // The calls, the two retries that were saved up, and one for each ten calls after the first.
        UPSTREAM.verify(25, anyRequestedFor(anyUrl()));
        assertThat(meters.get("api.client.retries")
                        .tag("cause", "server_error")
                        .counter()
                        .count())
                .isEqualTo(4);
        assertThat(meters.get("api.client.retries.refused").counter().count()).isEqualTo(21);
    }

    @Test
    void servesAStaleAnswerWhenTheUpstreamFails() {
        use(keepingAnswers(Duration.ofMinutes(1)));
        items().staleIfError("ada").call();
        UPSTREAM.stubFor(get("/items").willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));

        Outcome<List<Integer>> known = items().staleIfError("ada").call();
        Outcome<List<Integer>> unknown = items().staleIfError("bob").call();
        Outcome<List<Integer>> withoutKey = items().call();

        assertThat(known).isInstanceOfSatisfying(Stale.class, stale -> {
            assertThat(stale.value()).isEqualTo(List.of(1, 2, 3));
            assertThat(stale.failure().kind()).isEqualTo(FailureKind.CONNECTION_LOST);
        });
        assertThat(unknown).isInstanceOf(Failed.class);
        assertThat(withoutKey).isInstanceOf(Failed.class);
        assertThat(meters.get("api.client.stale.answers")
                        .tag("cause", "connection_lost")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void doesNotServeStaleAfterARejection() {
        use(keepingAnswers(Duration.ofMinutes(1)));
        items().staleIfError("ada").call();
        UPSTREAM.stubFor(get("/items").willReturn(status(401)));

        Outcome<List<Integer>> refused = items().staleIfError("ada").call();
        UPSTREAM.stubFor(get("/items").willReturn(status(503)));
        Outcome<List<Integer>> unreachable = items().staleIfError("ada").call();

        assertThat(failureOf(refused).kind()).isEqualTo(FailureKind.REJECTED);
        assertThat(failureOf(unreachable).kind()).isEqualTo(FailureKind.SERVER_ERROR);
    }

    @Test
    void forgetsStaleAnswersWhenThePolicyIsSwitched() {
        use(keepingAnswers(Duration.ofMinutes(1)));
        items().staleIfError("ada").call();
        use(keepingAnswers(Duration.ofMinutes(1)));
        UPSTREAM.stubFor(get("/items").willReturn(status(503)));

        assertThat(items().staleIfError("ada").call()).isInstanceOf(Failed.class);
    }

    private static Policy keepingAnswers(Duration maxAge) {
        return new Policy(
                Duration.ofSeconds(1),
                Duration.ofSeconds(5),
                Duration.ofSeconds(20),
                null,
                null,
                null,
                null,
                new Policy.StaleIfError(maxAge, DataSize.ofKilobytes(10)));
    }

    private void use(Policy policy) {
        gateways.close();
        gateways = gateways(policy);
    }

    private Gateways gateways(Policy policy) {
        URI url = URI.create("http://127.0.0.1:" + UPSTREAM.getPort());
        return new Gateways(
                Map.of(
                        "items",
                        new UpstreamSpec(
                                url,
                                policy,
                                new Wire.Limits(20, 100_000, Duration.ofMinutes(1), Duration.ofSeconds(10)))),
                breakers,
                BulkheadRegistry.ofDefaults(),
                meters,
                JsonMapper.builder()
                        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                        .build(),
                Observations.NONE);
    }

    private void assertNothingLeaks() {
        assertThat(gateways.view("items").connections().leased()).isZero();
        assertThat(gateways.view("items").connections().pending()).isZero();
    }

    private static Failure failureOf(Outcome<?> outcome) {
        assertThat(outcome).isInstanceOf(Failed.class);
        return ((Failed<?>) outcome).failure();
    }

    private static Policy policy(
            Policy.@Nullable Retry retry, Policy.@Nullable CircuitBreaker breaker, Policy.@Nullable Bulkhead bulkhead) {
        return new Policy(
                Duration.ofSeconds(1),
                Duration.ofSeconds(5),
                Duration.ofSeconds(20),
                retry,
                null,
                breaker,
                bulkhead,
                null);
    }

    private static Policy.Retry retry(int maxAttempts) {
        return new Policy.Retry(maxAttempts, MS, 2, MS.multipliedBy(10), Jitter.FULL);
    }

    private static Policy.CircuitBreaker breaker(BreakerPosition position) {
        return new Policy.CircuitBreaker(
                position,
                WindowType.COUNT_BASED,
                5,
                5,
                100,
                100,
                Duration.ofSeconds(60),
                Duration.ofSeconds(60),
                1,
                Duration.ofSeconds(60));
    }
}

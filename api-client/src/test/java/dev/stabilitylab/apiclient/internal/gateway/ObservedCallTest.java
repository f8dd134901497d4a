package dev.stabilitylab.apiclient.internal.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.stabilitylab.apiclient.Deadline;
import dev.stabilitylab.apiclient.Headers;
import dev.stabilitylab.apiclient.Outcome;
import dev.stabilitylab.apiclient.Response;
import dev.stabilitylab.apiclient.internal.core.Pipeline;
import dev.stabilitylab.apiclient.internal.core.Reply;
import dev.stabilitylab.apiclient.internal.policy.Jitter;
import dev.stabilitylab.apiclient.internal.policy.Policy;
import dev.stabilitylab.apiclient.internal.wire.Request;
import dev.stabilitylab.apiclient.internal.wire.Transport;
import dev.stabilitylab.apiclient.internal.wire.Wire;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.SenderContext;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ObservedCallTest {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Step LOST = () -> new Reply.Lost(new IOException("reset"));
    private static final Step ANSWER = () -> new Reply.Answered(response(200, ""));

    private final Recorder recorder = new Recorder();
    private final ObservationRegistry registry = registry(recorder);
    private final List<Request> sent = new ArrayList<>();
    private final List<Step> script = new ArrayList<>();

    @Test
    void makesEveryAttemptAChildOfItsCallWithATraceparentOfItsOwn() {
        call(client(retrying(2, null)), LOST, ANSWER);

        assertThat(recorder.stopped)
                .extracting(Observation.Context::getName)
                .containsExactly("api.client.attempt", "api.client.attempt", "api.client.call");
        Observation.Context first = recorder.stopped.get(0);
        Observation.Context second = recorder.stopped.get(1);
        Observation.Context whole = recorder.stopped.get(2);
        assertThat(parent(first)).isSameAs(whole);
        assertThat(parent(second)).isSameAs(whole);
        assertThat(tags(first)).containsEntry("attempt", "1").containsEntry("outcome", "connection_lost");
        assertThat(tags(second)).containsEntry("attempt", "2").containsEntry("outcome", "success");
        assertThat(tags(whole)).containsEntry("outcome", "success").containsEntry("answer", "upstream");
        assertThat(first.getError()).hasMessageContaining("reset");
        assertThat(second.getError()).isNull();
        assertThat(sent)
                .extracting(Request::headers)
                .containsExactly(
                        List.of(Map.entry("X-Own", "1"), Map.entry("traceparent", "2")),
                        List.of(Map.entry("X-Own", "1"), Map.entry("traceparent", "3")));
    }

    @Test
    void showsStatusFaultBreakerAndDeadline() throws Exception {
        Deadline deadline = Deadline.in(Duration.ofSeconds(30));
        Gateway client = client(retrying(1, breaker()));

        deadline.call(() -> call(client, () -> new Reply.Answered(response(503, "too-busy"))));

        Map<String, String> attempt = tags(recorder.stopped.get(0));
        assertThat(attempt)
                .containsEntry("upstream", "items")
                .containsEntry("outcome", "server_error")
                .containsEntry("http.response.status_code", "503")
                .containsEntry("fault", "too-busy")
                .containsEntry("breaker.state", "closed");
        assertThat(Long.parseLong(attempt.get("deadline.remaining.ms"))).isBetween(0L, 30_000L);
        assertThat(tags(recorder.stopped.get(1)))
                .containsEntry("http.request.method", "GET")
                .containsEntry("url.path", "/items");
    }

    @Test
    void showsACallThatTheBreakerRefused() {
        Gateway client = client(retrying(1, breaker()));
        call(client, LOST);
        recorder.stopped.clear();

        call(client);

        assertThat(sent).hasSize(1);
        assertThat(recorder.events).containsExactly("breaker_open");
        assertThat(recorder.stopped)
                .singleElement()
                .satisfies(whole -> assertThat(tags(whole))
                        .containsEntry("outcome", "breaker_open")
                        .containsEntry("answer", "none"));
    }

    @Test
    void showsARetryThatTheBudgetRefused() {
        Policy policy = new Policy(
                LONG,
                LONG.dividedBy(4),
                LONG,
                new Policy.Retry(2, Duration.ofNanos(1), 1, LONG, Jitter.NONE),
                new Policy.RetryBudget(0, 0),
                null,
                null,
                null);

        call(client(policy), LOST);

        assertThat(recorder.events).containsExactly("retry_refused");
    }

    @Test
    void endsAnAttemptThatGotNoConnection() {
        call(client(retrying(1, null)), () -> new Reply.NoConnectionFree(1));

        assertThat(recorder.stopped)
                .extracting(context -> tags(context).get("outcome"))
                .containsExactly("bulkhead_full", "bulkhead_full");
        assertThat(recorder.events).isEmpty();
    }

    @Test
    void saysWhatStoodIn() {
        client(retrying(1, null), LOST).get("/items").expectStatus().fallback(0).call();

        assertThat(tags(recorder.stopped.get(1)))
                .containsEntry("outcome", "connection_lost")
                .containsEntry("answer", "fallback");
    }

    @Test
    void leavesNothingOnTheThreadWhenAnAttemptIsCancelledOrFailsWithAnError() {
        Gateway client = client(retrying(1, null));

        call(client, Reply.Cancelled::new);
        assertThat(registry.getCurrentObservationScope()).isNull();
        assertThatThrownBy(() -> call(client, () -> {
                    throw new OutOfMemoryError("in a test");
                }))
                .isInstanceOf(OutOfMemoryError.class);

        assertThat(registry.getCurrentObservationScope()).isNull();
        assertThat(recorder.stopped).hasSize(4);
        assertThat(recorder.openScopes).isZero();
    }

    @Test
    void runsAttemptAndFallbackInTheScopeOfWhatTheyBelongTo() {
        List<String> seen = new ArrayList<>();
        Step looksRound = () -> {
            seen.add(current());
            return LOST.reply();
        };

        client(retrying(1, null), looksRound)
                .get("/items")
                .expectStatus()
                .fallback(failure -> {
                    seen.add(current());
                    return 0;
                })
                .call();

        assertThat(seen).containsExactly("api.client.attempt", "api.client.call");
    }

    @Test
    void carriesTheTraceOverToAnotherThread() throws Exception {
        Observation page = Observation.start("page", registry);
        Observations observations = new Observations(registry, "X-Fault");
        Gateway client = client(retrying(1, null), ANSWER);
        Runnable task = page.scoped(() -> observations.carriedBy(() -> call(client)));

        Thread other = new Thread(task);
        other.start();
        other.join();

        assertThat(parent(recorder.stopped.get(1))).isSameAs(page.getContext());
        assertThat(recorder.openScopes).isZero();
    }

    @Test
    void doesNothingWhereNobodyLooks() {
        Request request = new Request("GET", "/items", List.of(), null);
        Transport unused = (sent, connectTimeout, expiresAt) -> ANSWER.reply();
        Runnable task = () -> {};
        ObservationRegistry unwanted = registry(recorder);
        unwanted.observationConfig().observationPredicate((name, context) -> !name.startsWith("api.client"));

        for (ObservationRegistry each : List.of(ObservationRegistry.NOOP, ObservationRegistry.create(), unwanted)) {
            Observations observations = new Observations(each, "X-Fault");

            assertThat(observations.begin("items", request, metrics(), unused)).isNull();
            assertThat(observations.carriedBy(task)).isSameAs(task);
        }
        assertThat(recorder.stopped).isEmpty();
    }

    private String current() {
        return registry.getCurrentObservation() == null
                ? "nothing"
                : registry.getCurrentObservation().getContext().getName();
    }

    private static @Nullable Object parent(Observation.Context context) {
        return context.getParentObservation() == null
                ? null
                : context.getParentObservation().getContextView();
    }

    private static Map<String, String> tags(Observation.Context context) {
        return context.getAllKeyValues().stream().collect(Collectors.toMap(tag -> tag.getKey(), tag -> tag.getValue()));
    }

    private Outcome<Integer> call(Gateway client, Step... replies) {
        script.addAll(List.of(replies));
        return client.get("/items?who=me").header("X-Own", "1").expectStatus().call();
    }

    private Gateway client(Policy policy, Step... replies) {
        script.addAll(List.of(replies));
        Transport transport = (request, connectTimeout, expiresAt) -> {
            sent.add(request);
            return script.remove(0).reply();
        };
        return new Gateway(
                "items",
                policy,
                transport,
                new Json(new JsonMapper()),
                new Pipeline.Surroundings(
                        CircuitBreakerRegistry.ofDefaults(),
                        BulkheadRegistry.ofDefaults(),
                        new Random(1),
                        Clock.systemUTC()),
                metrics(),
                new Observations(registry, "X-Fault"));
    }

    private static GatewayMetrics metrics() {
        Wire unused = new Wire(URI.create("http://localhost"), new Wire.Limits(1, 1, LONG, LONG));
        return new GatewayMetrics(new SimpleMeterRegistry(), "items", unused);
    }

    private static Policy retrying(int maxAttempts, Policy.@Nullable CircuitBreaker breaker) {
        return new Policy(
                LONG,
                LONG.dividedBy(4),
                LONG,
                new Policy.Retry(maxAttempts, Duration.ofNanos(1), 1, LONG, Jitter.NONE),
                null,
                breaker,
                null,
                null);
    }

    private static Policy.CircuitBreaker breaker() {
        return new Policy.CircuitBreaker(
                Policy.BreakerPosition.INSIDE_RETRY,
                Policy.WindowType.COUNT_BASED,
                1,
                1,
                100,
                100,
                LONG,
                LONG,
                1,
                LONG);
    }

    private static Response response(int status, String fault) {
        Headers headers = name -> name.equals("X-Fault") && !fault.isEmpty() ? List.of(fault) : List.of();
        return new Response(status, headers, new byte[0]);
    }

    private static ObservationRegistry registry(Recorder recorder) {
        ObservationRegistry registry = ObservationRegistry.create();
        registry.observationConfig().observationHandler(recorder);
        return registry;
    }

    /** What comes of one attempt. */
    @FunctionalInterface
    private interface Step {

        Reply reply();
    }

    /** What a tracer does, as far as it can be seen here: numbers what begins, and puts the number into what is sent. */
    private static final class Recorder implements ObservationHandler<Observation.Context> {

        private final List<Observation.Context> stopped = new ArrayList<>();
        private final List<String> events = new ArrayList<>();
        private int started;
        private int openScopes;

        @Override
        public boolean supportsContext(Observation.Context context) {
            return true;
        }

        @Override
        public void onStart(Observation.Context context) {
            started++;
            if (context instanceof SenderContext<?> sender) {
                propagate(sender);
            }
        }

        private <C> void propagate(SenderContext<C> sender) {
            sender.getSetter().set(sender.getCarrier(), "traceparent", Integer.toString(started));
        }

        @Override
        public void onEvent(Observation.Event event, Observation.Context context) {
            events.add(event.getName());
        }

        @Override
        public void onScopeOpened(Observation.Context context) {
            openScopes++;
        }

        @Override
        public void onScopeClosed(Observation.Context context) {
            openScopes--;
        }

        @Override
        public void onStop(Observation.Context context) {
            stopped.add(context);
        }
    }
}

package dev.stabilitylab.apiclient.internal.gateway;

import dev.stabilitylab.apiclient.Failure;
import dev.stabilitylab.apiclient.FailureKind;
import dev.stabilitylab.apiclient.Outcome;
import dev.stabilitylab.apiclient.internal.core.BreakerStage;
import dev.stabilitylab.apiclient.internal.core.Reply;
import dev.stabilitylab.apiclient.internal.core.Telemetry;
import dev.stabilitylab.apiclient.internal.wire.Request;
import dev.stabilitylab.apiclient.internal.wire.Transport;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One call that somebody looks at: an observation, and one below it for each attempt. Used by one thread. */
final class ObservedCall implements Telemetry, Transport {

    private final ObservationRegistry registry;
    private final String faultHeader;
    private final String upstream;
    private final Telemetry metrics;
    private final Transport transport;
    private final Observation call;
    private int attempts;
    private String breakerState = "none";
    private long remaining;
    private @Nullable Observation attempt;

    ObservedCall(
            ObservationRegistry registry,
            String faultHeader,
            String upstream,
            Request request,
            Telemetry metrics,
            Transport transport) {
        this.registry = registry;
        this.faultHeader = faultHeader;
        this.upstream = upstream;
        this.metrics = metrics;
        this.transport = transport;
        this.call = Observation.start(Observations.CALL, registry)
                .contextualName("call " + upstream)
                .lowCardinalityKeyValue(MetricNames.UPSTREAM, upstream)
                .lowCardinalityKeyValue("http.request.method", request.method())
                .highCardinalityKeyValue("url.path", withoutQuery(request.path()));
    }

    /** Makes the call, in the scope of its observation. */
    <T> Outcome<T> observe(Supplier<Outcome<T>> work) {
        try {
            Outcome<T> outcome = call.scoped(work);
            call.lowCardinalityKeyValue("answer", answer(outcome));
            tag(call, failure(outcome));
            return outcome;
        } finally {
            // An Error came in between.
            if (attempt != null) {
                attempt.stop();
            }
            call.stop();
        }
    }

    @Override
    public void attempting(@Nullable BreakerStage breaker, long nanos) {
        attempts++;
        remaining = nanos;
        breakerState =
                breaker == null ? "none" : breaker.breaker().getState().name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Reply send(Request request, Duration connectTimeout, long expiresAt) {
        SenderContext<List<Map.Entry<String, String>>> context = new SenderContext<>(ObservedCall::set, Kind.CLIENT);
        context.setCarrier(new ArrayList<>(request.headers()));
        context.setRemoteServiceName(upstream);
        Observation begun = Observation.createNotStarted(Observations.ATTEMPT, () -> context, registry)
                .parentObservation(call)
                .contextualName("attempt " + upstream)
                .lowCardinalityKeyValue(MetricNames.UPSTREAM, upstream)
                .lowCardinalityKeyValue("breaker.state", breakerState)
                .highCardinalityKeyValue("attempt", Integer.toString(attempts))
                .highCardinalityKeyValue(
                        "deadline.remaining.ms", Long.toString(TimeUnit.NANOSECONDS.toMillis(remaining)))
                .start();
        attempt = begun;
        Request sent = request.withHeaders(context.getCarrier());
        Reply reply = begun.scoped(() -> transport.send(sent, connectTimeout, expiresAt));
        if (reply instanceof Reply.Answered answered) {
            begun.highCardinalityKeyValue(
                    "http.response.status_code",
                    Integer.toString(answered.response().status()));
            answered.response()
                    .headers()
                    .first(faultHeader)
                    .ifPresent(fault -> begun.highCardinalityKeyValue("fault", fault));
        }
        return reply;
    }

    @Override
    public void attempted(Outcome<?> outcome, long nanos) {
        metrics.attempted(outcome, nanos);
        attemptEnded(failure(outcome));
    }

    @Override
    public void refused(Failure failure) {
        metrics.refused(failure);
        if (attempt != null) {
            attemptEnded(failure);
        } else {
            call.event(Observation.Event.of(failure.kind().tag()));
        }
    }

    @Override
    public void retried(FailureKind cause) {
        metrics.retried(cause);
    }

    @Override
    public void retryRefused() {
        metrics.retryRefused();
        call.event(Observation.Event.of("retry_refused"));
    }

    private void attemptEnded(@Nullable Failure failure) {
        if (attempt != null) {
            tag(attempt, failure);
            attempt.stop();
            attempt = null;
        }
    }

    private static void tag(Observation observation, @Nullable Failure failure) {
        observation.lowCardinalityKeyValue(
                MetricNames.OUTCOME,
                failure == null ? MetricNames.SUCCESS : failure.kind().tag());
        if (failure != null) {
            observation.error(new Unsuccessful(failure));
        }
    }

    private static @Nullable Failure failure(Outcome<?> outcome) {
        if (outcome instanceof Outcome.Failed<?> failed) {
            return failed.failure();
        }
        if (outcome instanceof Outcome.Stale<?> stale) {
            return stale.failure();
        }
        return outcome instanceof Outcome.Degraded<?> degraded ? degraded.failure() : null;
    }

    private static String answer(Outcome<?> outcome) {
        if (outcome instanceof Outcome.Success<?>) {
            return "upstream";
        }
        if (outcome instanceof Outcome.Stale<?>) {
            return "stale";
        }
        return outcome instanceof Outcome.Degraded<?> ? "fallback" : "none";
    }

    /** A caller's own header of that name would contradict it. */
    private static void set(@Nullable List<Map.Entry<String, String>> headers, String name, String value) {
        if (headers != null) {
            headers.removeIf(header -> header.getKey().equalsIgnoreCase(name));
            headers.add(Map.entry(name, value));
        }
    }

    private static String withoutQuery(String path) {
        int query = path.indexOf('?');
        return query < 0 ? path : path.substring(0, query);
    }

    /** What a span shows of a failure. Without a stack trace: it is no surprise. */
    private static final class Unsuccessful extends RuntimeException {

        Unsuccessful(Failure failure) {
            super(failure.message(), null, false, false);
        }
    }
}

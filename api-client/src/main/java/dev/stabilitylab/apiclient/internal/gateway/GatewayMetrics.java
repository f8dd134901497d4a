package dev.stabilitylab.apiclient.internal.gateway;

import dev.stabilitylab.apiclient.FailureKind;
import dev.stabilitylab.apiclient.Outcome;
import dev.stabilitylab.apiclient.internal.core.Telemetry;
import dev.stabilitylab.apiclient.internal.wire.ConnectionCounts;
import dev.stabilitylab.apiclient.internal.wire.Wire;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** The meters of one upstream, looked up once: every outcome is there from the start, with zero. */
final class GatewayMetrics implements Telemetry {

    private static final Set<FailureKind> RETRIED = EnumSet.of(
            FailureKind.CONNECTION_FAILED,
            FailureKind.CONNECTION_LOST,
            FailureKind.TIMED_OUT,
            FailureKind.SERVER_ERROR,
            FailureKind.REJECTED,
            FailureKind.THROTTLED);

    private final Timers calls;
    private final Timers attempts;
    private final Map<FailureKind, Counter> retries = new EnumMap<>(FailureKind.class);
    private final Map<FailureKind, Counter> fallbacks = new EnumMap<>(FailureKind.class);
    private final Map<FailureKind, Counter> stale = new EnumMap<>(FailureKind.class);
    private final Counter retriesRefused;

    GatewayMetrics(MeterRegistry registry, String upstream, Wire wire) {
        this.calls =
                new Timers(registry, MetricNames.CALLS, "Calls to an upstream, retries and backoff included", upstream);
        this.attempts = new Timers(registry, MetricNames.ATTEMPTS, "Requests sent to an upstream", upstream);
        this.retriesRefused = Counter.builder(MetricNames.RETRIES_REFUSED)
                .description("Retries that the budget did not allow")
                .tag(MetricNames.UPSTREAM, upstream)
                .register(registry);
        for (FailureKind kind : FailureKind.values()) {
            stale.put(
                    kind,
                    counter(
                            registry,
                            MetricNames.STALE_ANSWERS,
                            "Failures that a stale answer stood in for",
                            upstream,
                            kind));
            fallbacks.put(
                    kind,
                    counter(registry, MetricNames.FALLBACKS, "Failures that a fallback stood in for", upstream, kind));
            if (RETRIED.contains(kind)) {
                retries.put(
                        kind,
                        counter(registry, MetricNames.RETRIES, "Attempts after the first of a call", upstream, kind));
            }
        }
        gauge(registry, wire, upstream, "leased", ConnectionCounts::leased);
        gauge(registry, wire, upstream, "idle", ConnectionCounts::idle);
        gauge(registry, wire, upstream, "pending", ConnectionCounts::pending);
    }

    void called(Outcome<?> outcome, long nanos) {
        calls.of(outcome).record(nanos, TimeUnit.NANOSECONDS);
        if (outcome instanceof Outcome.Degraded<?> degraded) {
            of(fallbacks, degraded.failure().kind()).increment();
        } else if (outcome instanceof Outcome.Stale<?> served) {
            of(stale, served.failure().kind()).increment();
        }
    }

    @Override
    public void attempted(Outcome<?> outcome, long nanos) {
        attempts.of(outcome).record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void retried(FailureKind cause) {
        of(retries, cause).increment();
    }

    @Override
    public void retryRefused() {
        retriesRefused.increment();
    }

    private static <M> M of(Map<FailureKind, M> meters, FailureKind kind) {
        return Objects.requireNonNull(meters.get(kind));
    }

    private static Counter counter(
            MeterRegistry registry, String name, String description, String upstream, FailureKind cause) {
        return Counter.builder(name)
                .description(description)
                .tag(MetricNames.UPSTREAM, upstream)
                .tag(MetricNames.CAUSE, cause.tag())
                .register(registry);
    }

    private static void gauge(
            MeterRegistry registry,
            Wire wire,
            String upstream,
            String state,
            ToDoubleFunction<ConnectionCounts> value) {
        Gauge.builder(MetricNames.CONNECTIONS, wire, w -> value.applyAsDouble(w.connections()))
                .description("Connections to an upstream")
                .tag(MetricNames.UPSTREAM, upstream)
                .tag(MetricNames.STATE, state)
                .register(registry);
    }

    /** One timer for each way to end. */
    private static final class Timers {

        private final Timer success;
        private final Map<FailureKind, Timer> failures = new EnumMap<>(FailureKind.class);

        Timers(MeterRegistry registry, String name, String description, String upstream) {
            this.success = timer(registry, name, description, upstream, MetricNames.SUCCESS);
            for (FailureKind kind : FailureKind.values()) {
                failures.put(kind, timer(registry, name, description, upstream, kind.tag()));
            }
        }

        Timer of(Outcome<?> outcome) {
            if (outcome instanceof Outcome.Failed<?> failed) {
                return GatewayMetrics.of(failures, failed.failure().kind());
            }
            if (outcome instanceof Outcome.Stale<?> served) {
                return GatewayMetrics.of(failures, served.failure().kind());
            }
            return outcome instanceof Outcome.Degraded<?> degraded
                    ? GatewayMetrics.of(failures, degraded.failure().kind())
                    : success;
        }

        private static Timer timer(
                MeterRegistry registry, String name, String description, String upstream, String outcome) {
            return Timer.builder(name)
                    .description(description)
                    .tag(MetricNames.UPSTREAM, upstream)
                    .tag(MetricNames.OUTCOME, outcome)
                    .register(registry);
        }
    }
}

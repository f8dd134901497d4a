package dev.stabilitylab.apiclient.internal.gateway;

import dev.stabilitylab.apiclient.ApiClient;
import dev.stabilitylab.apiclient.ApiRequest;
import dev.stabilitylab.apiclient.Deadline;
import dev.stabilitylab.apiclient.Failure;
import dev.stabilitylab.apiclient.Outcome;
import dev.stabilitylab.apiclient.internal.core.CallFacts;
import dev.stabilitylab.apiclient.internal.core.Pipeline;
import dev.stabilitylab.apiclient.internal.core.ResponseReader;
import dev.stabilitylab.apiclient.internal.core.StaleKey;
import dev.stabilitylab.apiclient.internal.core.Telemetry;
import dev.stabilitylab.apiclient.internal.policy.Policy;
import dev.stabilitylab.apiclient.internal.wire.Request;
import dev.stabilitylab.apiclient.internal.wire.Transport;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The client of one upstream: a pipeline that can be exchanged while calls are in flight. */
final class Gateway implements ApiClient {

    private final String name;
    private final Transport transport;
    private final Json json;
    private final Pipeline.Surroundings surroundings;
    private final GatewayMetrics metrics;
    private final Observations observations;
    private volatile InUse inUse;

    Gateway(
            String name,
            Policy policy,
            Transport transport,
            Json json,
            Pipeline.Surroundings surroundings,
            GatewayMetrics metrics,
            Observations observations) {
        this.name = name;
        this.transport = transport;
        this.json = json;
        this.surroundings = surroundings;
        this.metrics = metrics;
        this.observations = observations;
        this.inUse = new InUse(pipeline(policy), null);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public ApiRequest get(String path) {
        return request("GET", path);
    }

    @Override
    public ApiRequest post(String path) {
        return request("POST", path);
    }

    @Override
    public ApiRequest request(String method, String path) {
        return new GatewayRequest(this, method, path);
    }

    Json json() {
        return json;
    }

    /** What the next call will take. */
    InUse inUse() {
        return inUse;
    }

    /** Calls in flight end with the policy they began with; every later one gets the new policy, and a fresh breaker. */
    void use(Policy policy, @Nullable Instant until) {
        inUse = new InUse(pipeline(policy), until);
    }

    private Pipeline pipeline(Policy policy) {
        return Pipeline.of(name, policy, surroundings, metrics, System.nanoTime());
    }

    <T> Outcome<T> call(
            Request request,
            boolean idempotent,
            ResponseReader<T> reader,
            @Nullable StaleKey staleKey,
            @Nullable Function<? super Failure, ? extends T> fallback) {
        Pipeline pipeline = inUse.pipeline();
        Thread caller = Thread.currentThread();
        Deadline callers = Deadline.current().orElse(null);
        long callerDeadline = callers == null ? CallFacts.NO_DEADLINE : callers.expiresAtNanos();
        CallFacts<T> facts = new CallFacts<>(
                idempotent, callerDeadline, reader, staleKey, fallback, () -> LockSupport.unpark(caller));
        ObservedCall observed = observations.begin(name, request, metrics, transport);
        return observed == null
                ? run(pipeline, facts, metrics, request, transport)
                : observed.observe(() -> run(pipeline, facts, observed, request, observed));
    }

    private <T> Outcome<T> run(
            Pipeline pipeline, CallFacts<T> facts, Telemetry telemetry, Request request, Transport wire) {
        long start = System.nanoTime();
        Outcome<T> outcome = Driver.run(
                pipeline.call(facts, telemetry, start),
                request,
                wire,
                pipeline.policy().connectTimeout(),
                start);
        metrics.called(outcome, System.nanoTime() - start);
        return outcome;
    }

    /**
     * A pipeline in use.
     *
     * @param until when its policy will be over; null for a lasting one
     */
    record InUse(Pipeline pipeline, @Nullable Instant until) {}
}

package dev.stabilitylab.apiclient.internal.gateway;

import dev.stabilitylab.apiclient.ApiClient;
import dev.stabilitylab.apiclient.ApiRequest;
import dev.stabilitylab.apiclient.Outcome;
import dev.stabilitylab.apiclient.internal.policy.Policy;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The gateway to one upstream: a pipeline that can be exchanged while calls are under way. */
final class Gateway implements ApiClient {

    private final Upstream upstream;
    private final PipelineFactory factory;
    private final GatewayMetrics metrics;
    private final PolicySwitch policies;
    private volatile InUse inUse;

    Gateway(Upstream upstream, PipelineFactory factory, GatewayMetrics metrics, Policy policy, Alarm alarm) {
        this.upstream = upstream;
        this.factory = factory;
        this.metrics = metrics;
        this.inUse = new InUse(factory.create(upstream, policy, metrics), null);
        this.policies = new PolicySwitch(upstream.name(), policy, alarm, this::use);
    }

    @Override
    public String name() {
        return upstream.name();
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
        return new GatewayRequest(this, method, upstream.resolve(path));
    }

    Upstream upstream() {
        return upstream;
    }

    /** What the next call will take. */
    InUse inUse() {
        return inUse;
    }

    PolicySwitch policies() {
        return policies;
    }

    /** Calls under way end with the policy they started with, but for the connect timeout, which all connections share; every later one gets the new policy and a fresh breaker. */
    private void use(Policy policy, @Nullable Instant until) {
        upstream.wire().connectWithin(policy.connectTimeout());
        inUse = new InUse(factory.create(upstream, policy, metrics), until);
    }

    <T> Outcome<T> call(CallSpec<T> spec) {
        Pipeline current = inUse.pipeline();
        long start = System.nanoTime();
        CallContext call = CallContext.starting(name(), current.policy().deadline(), spec.idempotent());
        Outcome<T> outcome = current.run(call, spec);
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

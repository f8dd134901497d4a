package dev.stabilitylab.apiclient.internal.gateway;

import dev.stabilitylab.apiclient.ApiClient;
import dev.stabilitylab.apiclient.ApiClients;
import dev.stabilitylab.apiclient.internal.policy.Policy;
import dev.stabilitylab.apiclient.internal.policy.PolicyRules;
import dev.stabilitylab.apiclient.internal.policy.Violation;
import dev.stabilitylab.apiclient.internal.wire.Wire;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** All gateways of a service. Closing it closes every connection, and lets no temporary policy end any more. */
public final class Gateways implements ApiClients, AutoCloseable {

    private final Map<String, Gateway> gateways = new TreeMap<>();
    private final ScheduledExecutorService timer = Wire.newTimer();

    /**
     * Gateways that are ready to call, and have not connected yet.
     *
     * @param upstreams by name, with policies that keep the rules
     */
    public Gateways(
            Map<String, UpstreamSpec> upstreams,
            CircuitBreakerRegistry breakers,
            BulkheadRegistry bulkheads,
            MeterRegistry meters) {
        PipelineFactory factory = new PipelineFactory(
                breakers, bulkheads, () -> ThreadLocalRandom.current().nextLong(), Gateways::sleep);
        upstreams.forEach((name, spec) -> gateways.put(name, gateway(name, spec, factory, meters)));
    }

    private Gateway gateway(String name, UpstreamSpec spec, PipelineFactory factory, MeterRegistry meters) {
        Wire wire = new Wire(
                spec.maxConnections(), spec.maxResponseBytes(), spec.policy().connectTimeout(), timer);
        return new Gateway(
                new Upstream(name, spec.baseUrl(), wire),
                factory,
                new GatewayMetrics(meters, name, wire),
                spec.policy(),
                Alarm.on(timer));
    }

    @Override
    public ApiClient upstream(String name) {
        return gateway(name);
    }

    @Override
    public Set<String> upstreams() {
        return Collections.unmodifiableSet(gateways.keySet());
    }

    /**
     * How an upstream is called now.
     *
     * @throws IllegalArgumentException when there is no such upstream
     */
    public UpstreamView view(String name) {
        return UpstreamView.of(gateway(name));
    }

    /**
     * Switches an upstream to another policy, as a whole and with a fresh breaker. Calls under way end as they started.
     *
     * @throws IllegalArgumentException when the policy breaks a rule, with a sentence for each; nothing has changed then
     */
    public void switchPolicy(String name, Policy policy) {
        Gateway gateway = gateway(name);
        requireNone(PolicyRules.violations(policy), name);
        gateway.policies().toLasting(policy);
    }

    /**
     * The same, but only for a while. When that is over, the last policy that was not temporary is in use again, with a fresh breaker.
     *
     * @param ttl from 1 s to 24 h; another switch ends it earlier
     * @throws IllegalArgumentException as above, also for the time
     */
    public void switchPolicy(String name, Policy policy, Duration ttl) {
        Gateway gateway = gateway(name);
        List<Violation> violations = new ArrayList<>(PolicyRules.violations(policy));
        violations.addAll(PolicyRules.ttlViolations(ttl));
        requireNone(violations, name);
        gateway.policies().toTemporary(policy, ttl);
    }

    /** Ends a temporary policy before its time; without effect where there is none. */
    public void endTemporaryPolicy(String name) {
        gateway(name).policies().endTemporary();
    }

    private static void requireNone(List<Violation> violations, String name) {
        if (!violations.isEmpty()) {
            throw new IllegalArgumentException(violations.stream()
                    .map(violation -> violation.sentence(violation.path() + " of " + name))
                    .reduce((one, other) -> one + "; " + other)
                    .orElseThrow());
        }
    }

    private Gateway gateway(String name) {
        Gateway gateway = gateways.get(name);
        if (gateway == null) {
            throw new IllegalArgumentException(
                    "there is no upstream %s; configured are %s".formatted(name, gateways.keySet()));
        }
        return gateway;
    }

    @Override
    public void close() {
        timer.shutdownNow();
        gateways.values().forEach(gateway -> gateway.upstream().wire().close());
    }

    private static void sleep(Duration duration) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(duration.toNanos());
    }
}

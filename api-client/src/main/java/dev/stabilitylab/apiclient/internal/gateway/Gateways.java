package dev.stabilitylab.apiclient.internal.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stabilitylab.apiclient.ApiClient;
import dev.stabilitylab.apiclient.ApiClients;
import dev.stabilitylab.apiclient.internal.core.Pipeline;
import dev.stabilitylab.apiclient.internal.policy.Policy;
import dev.stabilitylab.apiclient.internal.policy.PolicyRules;
import dev.stabilitylab.apiclient.internal.policy.Violation;
import dev.stabilitylab.apiclient.internal.wire.Wire;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The clients of all upstreams of a service. Closing it closes every connection, and lets no temporary policy end any more. */
public final class Gateways implements ApiClients, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Gateways.class);

    private final Map<String, Entry> entries = new TreeMap<>();
    private final ScheduledThreadPoolExecutor timer = newTimer();

    /**
     * Clients that are ready to call, and have not connected yet.
     *
     * @param upstreams by name, with policies that keep the rules
     * @param mapper writes requests and reads responses
     * @param observations who may look at single calls
     */
    @SuppressWarnings("FutureReturnValueIgnored") // tidy() lets no exception out.
    public Gateways(
            Map<String, UpstreamSpec> upstreams,
            CircuitBreakerRegistry breakers,
            BulkheadRegistry bulkheads,
            MeterRegistry meters,
            ObjectMapper mapper,
            Observations observations) {
        Pipeline.Surroundings surroundings = new Pipeline.Surroundings(
                breakers, bulkheads, () -> ThreadLocalRandom.current().nextLong(), Clock.systemUTC());
        Json json = new Json(mapper);
        upstreams.forEach((name, spec) -> {
            Wire wire = new Wire(spec.baseUrl(), spec.limits());
            GatewayMetrics metrics = new GatewayMetrics(meters, name, wire);
            Gateway gateway = new Gateway(name, spec.policy(), wire, json, surroundings, metrics, observations);
            PolicySwitch policies = new PolicySwitch(name, spec.policy(), Alarm.on(timer), gateway::use);
            entries.put(name, new Entry(spec.baseUrl(), wire, gateway, policies));
        });
        timer.scheduleWithFixedDelay(this::tidy, 1, 1, TimeUnit.SECONDS);
    }

    @Override
    public ApiClient upstream(String name) {
        return entry(name).gateway();
    }

    @Override
    public Set<String> upstreams() {
        return Collections.unmodifiableSet(entries.keySet());
    }

    /**
     * How an upstream is called now.
     *
     * @throws IllegalArgumentException when there is no such upstream
     */
    public UpstreamView view(String name) {
        Entry entry = entry(name);
        return UpstreamView.of(
                entry.baseUrl(), entry.gateway().inUse(), entry.wire().connections());
    }

    /**
     * Switches an upstream to another policy, as a whole and with a fresh breaker. Calls under way end as they started.
     *
     * @throws IllegalArgumentException when the policy breaks a rule, with a sentence for each; nothing has changed then
     */
    public void switchPolicy(String name, Policy policy) {
        PolicySwitch policies = entry(name).policies();
        requireNone(PolicyRules.violations(policy), name);
        policies.toLasting(policy);
    }

    /**
     * The same, but only for a while. When that is over, the last policy that was not temporary is in use again, with a fresh breaker.
     *
     * @param ttl from 1 s to 24 h; another switch ends it earlier
     * @throws IllegalArgumentException as above, also for the time
     */
    public void switchPolicy(String name, Policy policy, Duration ttl) {
        PolicySwitch policies = entry(name).policies();
        List<Violation> violations = new ArrayList<>(PolicyRules.violations(policy));
        violations.addAll(PolicyRules.ttlViolations(ttl));
        requireNone(violations, name);
        policies.toTemporary(policy, ttl);
    }

    /** Ends a temporary policy before its time; without effect where there is none. */
    public void endTemporaryPolicy(String name) {
        entry(name).policies().endTemporary();
    }

    private static void requireNone(List<Violation> violations, String name) {
        if (!violations.isEmpty()) {
            throw new IllegalArgumentException(violations.stream()
                    .map(violation -> violation.sentence(violation.path() + " of " + name))
                    .reduce((one, other) -> one + "; " + other)
                    .orElseThrow());
        }
    }

    private Entry entry(String name) {
        Entry entry = entries.get(name);
        if (entry == null) {
            throw new IllegalArgumentException(
                    "there is no upstream %s; configured are %s".formatted(name, entries.keySet()));
        }
        return entry;
    }

    private void tidy() {
        for (Entry entry : entries.values()) {
            try {
                entry.wire().evict();
                entry.gateway().inUse().pipeline().tidy(System.nanoTime());
            } catch (RuntimeException defect) {
                // Thrown on, it would be the last time.
                LOG.error("Tidying up after {} failed", entry.gateway().name(), defect);
            }
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        entries.values().forEach(entry -> entry.wire().close());
    }

    /** One daemon thread that forgets at once what is cancelled. */
    private static ScheduledThreadPoolExecutor newTimer() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "api-client-timer");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    private record Entry(URI baseUrl, Wire wire, Gateway gateway, PolicySwitch policies) {}
}

package dev.stabilitylab.benchmarks.call;

import dev.failsafe.FailsafeExecutor;
import dev.stabilitylab.apiclient.ApiClient;
import dev.stabilitylab.apiclient.Outcome;
import dev.stabilitylab.apiclient.internal.gateway.StubbedClient;
import dev.stabilitylab.apiclient.internal.policy.Policy;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedBulkheadMetrics;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** One successful call; all threads share one client, as in a service. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class CallBenchmark {

    private final Exchange exchange = new Exchange();
    private final Supplier<List<Integer>> resilience4j = Resilience4jRival.around(exchange, registry());
    private final FailsafeExecutor<List<Integer>> failsafe = FailsafeRival.withoutTimeout();
    private final FailsafeExecutor<List<Integer>> failsafeWithTimeout = FailsafeRival.withTimeout();
    private final ApiClient off = client(Settings.NOTHING);
    private final ApiClient on = client(Settings.EVERYTHING);

    /** Makes the request and reads the answer, and nothing else. */
    @Benchmark
    public List<Integer> bare() {
        return exchange.bare();
    }

    /** In Resilience4j's decorators. */
    @Benchmark
    public List<Integer> resilience4j() {
        return resilience4j.get();
    }

    /** In Failsafe, without a timeout. */
    @Benchmark
    public List<Integer> failsafe() {
        return failsafe.get(exchange::bare);
    }

    /** In Failsafe, with an attempt timeout. */
    @Benchmark
    public List<Integer> failsafeWithTimeout() {
        return failsafeWithTimeout.get(exchange::bare);
    }

    /** Through the gateway, with nothing but its deadline and attempt timeout. */
    @Benchmark
    public Outcome<List<Integer>> off() {
        return call(off);
    }

    /** Through the gateway, with everything. */
    @Benchmark
    public Outcome<List<Integer>> on() {
        return call(on);
    }

    /** The same for a call whose answer is kept for stale-if-error. */
    @Benchmark
    public Outcome<List<Integer>> onWithKey() {
        return on.get(Exchange.PATH)
                .header(Exchange.AUTHORIZATION, Exchange.TOKEN)
                .header(Exchange.LANGUAGE, Exchange.ENGLISH)
                .expect(Exchange.ITEMS)
                .staleIfError("user")
                .fallback(List.of())
                .call();
    }

    private static Outcome<List<Integer>> call(ApiClient client) {
        return client.get(Exchange.PATH)
                .header(Exchange.AUTHORIZATION, Exchange.TOKEN)
                .header(Exchange.LANGUAGE, Exchange.ENGLISH)
                .expect(Exchange.ITEMS)
                .fallback(List.of())
                .call();
    }

    private ApiClient client(Policy policy) {
        MeterRegistry meters = registry();
        CircuitBreakerRegistry breakers = CircuitBreakerRegistry.ofDefaults();
        BulkheadRegistry bulkheads = BulkheadRegistry.ofDefaults();
        TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(breakers).bindTo(meters);
        TaggedBulkheadMetrics.ofBulkheadRegistry(bulkheads).bindTo(meters);
        return StubbedClient.of("recommendations", policy, exchange, breakers, bulkheads, meters, Exchange.MAPPER);
    }

    private static MeterRegistry registry() {
        return new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    }
}

package dev.stabilitylab.apiclient.internal.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.stabilitylab.apiclient.FailureKind;
import dev.stabilitylab.apiclient.Outcome;
import dev.stabilitylab.apiclient.internal.policy.Jitter;
import dev.stabilitylab.apiclient.internal.policy.Policy;
import dev.stabilitylab.apiclient.internal.policy.Policy.BreakerPosition;
import dev.stabilitylab.apiclient.internal.policy.Policy.WindowType;
import dev.stabilitylab.apiclient.internal.wire.ConnectionCounts;
import dev.stabilitylab.apiclient.internal.wire.Storm;
import dev.stabilitylab.apiclient.internal.wire.StormServer;
import dev.stabilitylab.apiclient.internal.wire.Wire;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The same as a storm on the wire, but with every policy on, and with policies that are switched while calls are in flight. */
@Timeout(1800)
class GatewaysStormIT {

    private static final Logger LOG = LoggerFactory.getLogger(GatewaysStormIT.class);
    private static final int CALLS = Integer.getInteger("storm.attempts", 60_000) / 3;
    private static final int CONNECTIONS = 10;
    private static final int THREADS = 16;
    private static final Duration MS = Duration.ofMillis(1);
    private static final TypeReference<List<Integer>> ITEMS = new TypeReference<>() {};

    @Test
    void endsEveryCallOnceHoweverOftenThePolicyIsSwitched() throws Exception {
        storm(1000);
        long openFiles = Storm.openFiles();

        long start = System.nanoTime();
        Storm storm = storm(CALLS);

        LOG.info("{} calls in {}: {}", CALLS, Duration.ofNanos(System.nanoTime() - start), storm.endings());
        assertThat(storm.endings()).containsKeys("success", FailureKind.TIMED_OUT.tag(), FailureKind.CANCELLED.tag());
        await().untilAsserted(() -> assertThat(Storm.openFiles()).isLessThanOrEqualTo(openFiles));
    }

    private static Storm storm(int calls) throws Exception {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        Storm storm = new Storm();
        AtomicBoolean over = new AtomicBoolean();
        try (StormServer server = new StormServer(1, 6_000_000);
                Gateways gateways = gateways(server, meters)) {
            Thread switcher = new Thread(() -> switchPolicies(gateways, over), "switcher");
            switcher.start();
            storm.blow(calls, THREADS, 1, (number, random) -> call(gateways, number));
            over.set(true);
            switcher.join();

            assertThat(storm.defects()).isEmpty();
            ConnectionCounts counts = gateways.view("items").connections();
            assertThat(counts).isEqualTo(new ConnectionCounts(0, counts.idle(), 0, CONNECTIONS));
            long ended =
                    storm.endings().values().stream().mapToLong(count -> count).sum();
            long counted = meters.find("api.client.calls").timers().stream()
                    .mapToLong(Timer::count)
                    .sum();
            long attempts = meters.find("api.client.attempts").timers().stream()
                    .mapToLong(Timer::count)
                    .sum();
            assertThat(List.of(ended, counted)).containsOnly((long) calls);
            assertThat(server.requests()).isLessThanOrEqualTo(attempts);
        }
        return storm;
    }

    private static String call(Gateways gateways, int number) {
        Outcome<List<Integer>> outcome =
                gateways.upstream("items").get("/" + number).expect(ITEMS).call();
        return outcome.fold(
                items -> {
                    assertThat(items).containsExactly(number);
                    return "success";
                },
                failure -> {
                    assertThat(failure.kind()).isNotIn(FailureKind.BAD_RESPONSE, FailureKind.CONNECTION_FAILED);
                    if (failure.kind() == FailureKind.CANCELLED) {
                        assertThat(Thread.currentThread().isInterrupted()).isTrue();
                    }
                    return failure.kind().tag();
                });
    }

    private static void switchPolicies(Gateways gateways, AtomicBoolean over) {
        List<Policy> policies = List.of(policy(2, true), policy(3, false), policy(5, true));
        try {
            for (int i = 0; !over.get(); i++) {
                gateways.switchPolicy("items", policies.get(i % policies.size()));
                TimeUnit.MILLISECONDS.sleep(10);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static Gateways gateways(StormServer server, SimpleMeterRegistry meters) {
        return new Gateways(
                Map.of(
                        "items",
                        new UpstreamSpec(
                                server.url(),
                                policy(3, true),
                                new Wire.Limits(CONNECTIONS, 1000, Duration.ofMillis(500), Duration.ofMillis(500)))),
                CircuitBreakerRegistry.ofDefaults(),
                BulkheadRegistry.ofDefaults(),
                meters,
                new JsonMapper(),
                Observations.NONE);
    }

    private static Policy policy(int attemptMillis, boolean everything) {
        return new Policy(
                Duration.ofSeconds(1),
                MS.multipliedBy(attemptMillis),
                MS.multipliedBy(20),
                everything ? new Policy.Retry(3, MS, 2, MS.multipliedBy(2), Jitter.FULL) : null,
                null,
                everything
                        ? new Policy.CircuitBreaker(
                                BreakerPosition.INSIDE_RETRY,
                                WindowType.COUNT_BASED,
                                50,
                                50,
                                90,
                                100,
                                Duration.ofSeconds(60),
                                MS.multipliedBy(5),
                                2,
                                Duration.ofSeconds(1))
                        : null,
                everything ? new Policy.Bulkhead(12, MS) : null,
                null);
    }
}

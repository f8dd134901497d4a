package dev.stabilitylab.apiclient.internal.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stabilitylab.apiclient.ApiClient;
import dev.stabilitylab.apiclient.internal.core.Pipeline;
import dev.stabilitylab.apiclient.internal.policy.Policy;
import dev.stabilitylab.apiclient.internal.wire.Transport;
import dev.stabilitylab.apiclient.internal.wire.Wire;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The client of an upstream as {@link Gateways} makes it, apart from the wire: what is left is the cost of a call itself. It stands in the
 * gateway's package so that the gateway need not open up for it.
 */
public final class StubbedClient {

    private StubbedClient() {}

    /** A client that asks {@code transport} in place of an upstream. */
    public static ApiClient of(
            String name,
            Policy policy,
            Transport transport,
            CircuitBreakerRegistry breakers,
            BulkheadRegistry bulkheads,
            MeterRegistry meters,
            ObjectMapper mapper) {
        Wire unused = new Wire(
                URI.create("http://localhost"), new Wire.Limits(1, 1, Duration.ofMinutes(1), Duration.ofMinutes(1)));
        Pipeline.Surroundings surroundings = new Pipeline.Surroundings(
                breakers, bulkheads, () -> ThreadLocalRandom.current().nextLong(), Clock.systemUTC());
        return new Gateway(
                name,
                policy,
                transport,
                new Json(mapper),
                surroundings,
                new GatewayMetrics(meters, name, unused),
                Observations.NONE);
    }
}

package dev.stabilitylab.servicekit.faults;

import dev.stabilitylab.apiclient.internal.support.JsonBody;
import dev.stabilitylab.apiclient.internal.support.JsonFields;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** Reads a fault from JSON. */
final class FaultReader {

    private static final double EVERY_REQUEST = 1;
    private static final long DEFAULT_SEED = 1;

    private FaultReader() {}

    /**
     * Without {@code probability} the fault hits every request, {@code jitter} is zero and the seed is {@value #DEFAULT_SEED}.
     *
     * @throws JsonBody.TooLongException as {@link JsonBody#read} does
     * @throws IllegalArgumentException with a sentence for people that names what is wrong
     */
    static ServiceFault read(InputStream body) throws IOException {
        JsonFields fault = JsonBody.read(body, "slowdown", "errors", "seed");
        return new ServiceFault(
                fault.part("slowdown", "latency", "jitter", "probability")
                        .map(FaultReader::slowdown)
                        .orElse(null),
                fault.part("errors", "probability")
                        .map(errors -> new Errors(probability(errors)))
                        .orElse(null),
                fault.optionalLong("seed").orElse(DEFAULT_SEED));
    }

    private static Slowdown slowdown(JsonFields slowdown) {
        return new Slowdown(
                slowdown.duration("latency"),
                slowdown.optionalDuration("jitter").orElse(Duration.ZERO),
                probability(slowdown));
    }

    private static double probability(JsonFields part) {
        return part.optionalNumber("probability").orElse(EVERY_REQUEST);
    }
}

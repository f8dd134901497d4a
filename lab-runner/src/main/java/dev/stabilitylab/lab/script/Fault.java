package dev.stabilitylab.lab.script;

import java.math.BigDecimal;
import java.time.Duration;

/** A way for an upstream to be broken: on the wire, or inside the service. */
public sealed interface Fault {

    /** Share of connections, or inside the service of requests, that are hit, above 0 and up to 1. */
    double probability();

    /** The fault in a few words, without the upstream. */
    String text();

    /** The port refuses, and open connections are cut. With a probability below 1, that share of connections is reset. */
    record Down(double probability) implements Fault {
        @Override
        public String text() {
            return "down" + Fault.share(probability);
        }
    }

    /** Connections are accepted, and nothing is ever answered. */
    record Blackhole(double probability) implements Fault {
        @Override
        public String text() {
            return "blackhole" + Fault.share(probability);
        }
    }

    /** Every answer is late by {@code latency}, plus or minus {@code jitter}, evenly distributed. */
    record Latency(Duration latency, Duration jitter, double probability) implements Fault {
        @Override
        public String text() {
            return "%d ms late%s".formatted(latency.toMillis(), Fault.share(probability));
        }
    }

    /**
     * Every request takes {@code latency} longer inside the service, plus or minus {@code jitter}, evenly distributed, whether or not its
     * caller still waits.
     */
    record Slow(Duration latency, Duration jitter, double probability) implements Fault {
        @Override
        public String text() {
            return "%s s slower%s".formatted(seconds(latency, jitter), Fault.share(probability));
        }

        private static String seconds(Duration latency, Duration jitter) {
            return jitter.isZero()
                    ? number(latency)
                    : number(latency.minus(jitter)) + " to " + number(latency.plus(jitter));
        }

        private static String number(Duration duration) {
            return BigDecimal.valueOf(duration.toMillis(), 3)
                    .stripTrailingZeros()
                    .toPlainString();
        }
    }

    /** Requests fail inside the service, with status 500. */
    record Errors(double probability) implements Fault {
        @Override
        public String text() {
            return "fails" + Fault.share(probability);
        }
    }

    /** Whether the service itself has to be told, since nothing on the wire does the like. */
    default boolean isInside() {
        return this instanceof Slow || this instanceof Errors;
    }

    private static String share(double probability) {
        return probability == 1 ? "" : " for %.0f %%".formatted(probability * 100);
    }
}

package dev.stabilitylab.lab.script;

import java.time.Duration;

/** A way for an upstream to be broken on the wire. */
public sealed interface Fault {

    /** Share of connections that are hit, above 0 and up to 1. */
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

    private static String share(double probability) {
        return probability == 1 ? "" : " for %.0f %%".formatted(probability * 100);
    }
}

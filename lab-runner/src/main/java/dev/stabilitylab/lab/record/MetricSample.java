package dev.stabilitylab.lab.record;

import java.util.Map;

/** One line of a Prometheus exposition. */
record MetricSample(String name, Map<String, String> labels, double value) {

    /** A label's value, or {@code ""} when it is not there: to Prometheus the two are the same. */
    String label(String label) {
        return labels.getOrDefault(label, "");
    }
}

package dev.stabilitylab.lab.record;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an instance's gateway has counted since its start.
 *
 * @param attempts by upstream, then by outcome
 * @param retries by upstream
 */
record ClientMetrics(Map<String, Map<String, Long>> attempts, Map<String, Long> retries) {

    private static final String ATTEMPTS = "api_client_attempts_seconds";
    private static final String RETRIES = "api_client_retries";

    /** Asks for just these metrics. The filter takes the names of metrics, which lack the samples' endings {@code _count} and {@code _total}. */
    static final String PATH = "/actuator/prometheus?includedNames=" + ATTEMPTS + "," + RETRIES;

    /**
     * Reads the endpoint's answer.
     *
     * @throws IllegalArgumentException when it is not in Prometheus' text format
     */
    static ClientMetrics parse(String text) {
        List<MetricSample> samples = PrometheusText.parse(text);
        Map<String, Map<String, Long>> attempts = new TreeMap<>();
        Map<String, Long> retries = new TreeMap<>();
        for (MetricSample sample : samples) {
            String upstream = sample.label("upstream");
            long count = (long) sample.value();
            if (sample.name().equals(ATTEMPTS + "_count")) {
                attempts.computeIfAbsent(upstream, none -> new TreeMap<>())
                        .merge(sample.label("outcome"), count, Long::sum);
            } else if (sample.name().equals(RETRIES + "_total")) {
                retries.merge(upstream, count, Long::sum);
            }
        }
        return new ClientMetrics(attempts, retries);
    }
}

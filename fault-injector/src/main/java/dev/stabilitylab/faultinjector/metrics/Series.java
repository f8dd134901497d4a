package dev.stabilitylab.faultinjector.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.LinkedHashMap;
import java.util.Map;

/** The values of one metric, by labels. */
final class Series {

    private final MetricMetadata metadata;
    private final boolean isCounter;
    private final Map<Labels, Long> values = new LinkedHashMap<>();

    private Series(String name, String help, boolean isCounter) {
        this.metadata = new MetricMetadata(name, help);
        this.isCounter = isCounter;
    }

    /** What only grows. The name goes without {@code _total}, which the format adds. */
    static Series counter(String name, String help) {
        return new Series(name, help, true);
    }

    /** What goes up and down. */
    static Series gauge(String name, String help) {
        return new Series(name, help, false);
    }

    void add(Labels labels, long value) {
        values.put(labels, value);
    }

    MetricSnapshot snapshot() {
        if (isCounter) {
            return new CounterSnapshot(
                    metadata,
                    values.entrySet().stream()
                            .map(one ->
                                    new CounterDataPointSnapshot(one.getValue().doubleValue(), one.getKey(), null, 0))
                            .toList());
        }
        return new GaugeSnapshot(
                metadata,
                values.entrySet().stream()
                        .map(one -> new GaugeDataPointSnapshot(one.getValue().doubleValue(), one.getKey(), null))
                        .toList());
    }
}

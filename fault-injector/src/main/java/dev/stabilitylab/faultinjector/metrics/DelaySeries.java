package dev.stabilitylab.faultinjector.metrics;

import dev.stabilitylab.faultinjector.proxy.Delays;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.List;

/** A histogram of delays, by labels. */
final class DelaySeries {

    private static final double MILLIS_PER_SECOND = 1e3;
    private static final double NANOS_PER_SECOND = 1e9;

    private final HistogramSnapshot.Builder snapshot;

    DelaySeries(String name, String help) {
        snapshot = HistogramSnapshot.builder().name(name).help(help);
    }

    void add(Labels labels, Delays delays) {
        List<Long> bounds = Delays.boundsMillis();
        List<Long> counts = delays.counts();
        ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
        for (int i = 0; i < bounds.size(); i++) {
            buckets.bucket(bounds.get(i) / MILLIS_PER_SECOND, counts.get(i));
        }
        buckets.bucket(Double.POSITIVE_INFINITY, counts.get(bounds.size()));
        snapshot.dataPoint(HistogramDataPointSnapshot.builder()
                .labels(labels)
                .classicHistogramBuckets(buckets.build())
                .sum(delays.totalNanos() / NANOS_PER_SECOND)
                .build());
    }

    MetricSnapshot snapshot() {
        return snapshot.build();
    }
}

package dev.stabilitylab.faultinjector.metrics;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocatorMetric;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;

/** The memory that connections' bytes pass through, which is Netty's and in no metric of the JVM. */
final class BufferCollector implements Collector {

    @Override
    public MetricSnapshot collect() {
        PooledByteBufAllocatorMetric pool = PooledByteBufAllocator.DEFAULT.metric();
        return GaugeSnapshot.builder()
                .name("fault_injector_buffers_bytes")
                .help("Memory that is reserved for the bytes of connections, used or not.")
                .dataPoint(point("direct", pool.usedDirectMemory()))
                .dataPoint(point("heap", pool.usedHeapMemory()))
                .build();
    }

    private static GaugeDataPointSnapshot point(String area, long bytes) {
        return GaugeDataPointSnapshot.builder()
                .labels(Labels.of("area", area))
                .value((double) bytes)
                .build();
    }
}

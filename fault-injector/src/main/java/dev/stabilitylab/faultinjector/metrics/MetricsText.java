package dev.stabilitylab.faultinjector.metrics;

import dev.stabilitylab.faultinjector.proxy.Proxies;
import dev.stabilitylab.faultinjector.schedule.Scheduler;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmGarbageCollectorMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmMemoryMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmThreadsMetrics;
import io.prometheus.metrics.instrumentation.jvm.ProcessMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** All metrics as text. Everything is read when it is asked for; what a removed proxy counted is gone with it. */
public final class MetricsText {

    /** Of what {@link #read} returns. */
    public static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();

    /** Metrics of those proxies, of that schedule, and of this process. */
    public MetricsText(Proxies proxies, Scheduler scheduler) {
        registry.register(new ProxyCollector(proxies));
        registry.register(new ScheduleCollector(scheduler));
        registry.register(new BufferCollector());
        ProcessMetrics.builder().register(registry);
        JvmMemoryMetrics.builder().register(registry);
        JvmThreadsMetrics.builder().register(registry);
        JvmGarbageCollectorMetrics.builder().register(registry);
    }

    /**
     * The metrics as they are now. To be called where schedules are executed. Waits for a change of a proxy that is being made, so not
     * to be called on an event loop.
     */
    public String read() {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            writer.write(text, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException("memory can always be written to", e);
        }
        return text.toString(StandardCharsets.UTF_8);
    }
}

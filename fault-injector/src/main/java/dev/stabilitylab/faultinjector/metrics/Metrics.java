package dev.stabilitylab.faultinjector.metrics;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import dev.stabilitylab.faultinjector.proxy.Direction;
import dev.stabilitylab.faultinjector.proxy.Proxies;
import dev.stabilitylab.faultinjector.proxy.Proxy;
import dev.stabilitylab.faultinjector.proxy.ProxySettings;
import dev.stabilitylab.faultinjector.proxy.StreamCounts.ToxicCounts;
import dev.stabilitylab.faultinjector.proxy.Traffic;
import dev.stabilitylab.faultinjector.schedule.Progress;
import dev.stabilitylab.faultinjector.schedule.Schedule;
import dev.stabilitylab.faultinjector.schedule.Scheduler;
import io.netty.buffer.PooledByteBufAllocator;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmGarbageCollectorMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmMemoryMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmThreadsMetrics;
import io.prometheus.metrics.instrumentation.jvm.ProcessMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/**
 * All metrics as text. Names and labels stand here and nowhere else. Everything is read when it is asked for; what a removed proxy
 * counted is gone with it.
 */
public final class Metrics {

    /** Of what {@link #read} returns. */
    public static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

    private static final List<String> PROXY = List.of("proxy");
    private static final List<String> ADDRESSES = List.of("direction", "listener", "proxy", "upstream");
    private static final List<String> TYPE = List.of("proxy", "stream", "type");

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();
    private final Proxies proxies;

    /** Metrics of those proxies, of that schedule, and of this process. */
    public Metrics(Proxies proxies, Scheduler scheduler) {
        this.proxies = proxies;
        traffic("toxiproxy_proxy_received_bytes", "Bytes read from one side.", Traffic::received);
        traffic("toxiproxy_proxy_sent_bytes", "Bytes passed on to the other side.", Traffic::sent);
        states();
        connections();
        hits(
                "fault_injector_connections_hit",
                "How often a toxic took hold of a connection.",
                ToxicCounts::connections);
        hits("fault_injector_requests_hit", "Requests that a toxic hit, if it knows requests.", ToxicCounts::requests);
        inert();
        registry.register(this::addedLatency);
        gauge(
                "fault_injector_schedule_events",
                "Events of the schedule, by what became of them.",
                List.of("state"),
                point -> scheduleEvents(scheduler).forEach((state, count) -> point.at(count, state.label())));
        gauge(
                "fault_injector_buffers_bytes",
                "Memory that is reserved for the bytes of connections, used or not.",
                List.of("area"),
                point -> {
                    point.at(PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory(), "direct");
                    point.at(PooledByteBufAllocator.DEFAULT.metric().usedHeapMemory(), "heap");
                });
        ProcessMetrics.builder().register(registry);
        JvmMemoryMetrics.builder().register(registry);
        JvmThreadsMetrics.builder().register(registry);
        JvmGarbageCollectorMetrics.builder().register(registry);
    }

    private void traffic(String name, String help, ToLongFunction<Traffic> bytes) {
        counter(
                name,
                help,
                ADDRESSES,
                point -> eachStream((proxy, direction) -> {
                    ProxySettings settings = proxy.settings();
                    point.at(
                            bytes.applyAsLong(proxy.counts().traffic(direction)),
                            direction.label(),
                            settings.listen().toString(),
                            settings.name(),
                            settings.upstream().toString());
                }));
    }

    private void states() {
        gauge(
                "fault_injector_proxy_enabled",
                "1 if it listens, 0 if it refuses.",
                PROXY,
                eachProxy(proxy -> proxy.settings().enabled() ? 1 : 0));
        gauge(
                "fault_injector_toxics",
                "Toxics that are there now.",
                PROXY,
                eachProxy(proxy -> proxy.toxics().all().size()));
        gauge(
                "fault_injector_toxics_in_effect",
                "Toxics that are there now and have begun.",
                TYPE,
                point -> eachStream((proxy, direction) -> {
                    Map<String, Long> begun = proxy.toxics().inEffect().stream()
                            .filter(toxic -> toxic.direction() == direction)
                            .collect(groupingBy(toxic -> toxic.type().name(), counting()));
                    proxy.counts().stream(direction)
                            .byType()
                            .keySet()
                            .forEach(type -> point.at(
                                    begun.getOrDefault(type, 0L),
                                    proxy.settings().name(),
                                    direction.label(),
                                    type));
                }));
    }

    private void connections() {
        gauge(
                "fault_injector_connections_open",
                "Connections that are open now.",
                PROXY,
                eachProxy(Proxy::openConnections));
        counter(
                "fault_injector_connections_accepted",
                "Connections from clients.",
                PROXY,
                eachProxy(proxy -> proxy.counts().accepted()));
        counter(
                "fault_injector_connections_failed",
                "Connections from clients for which the upstream was out of reach.",
                PROXY,
                eachProxy(proxy -> proxy.counts().failed()));
        counter(
                "fault_injector_connections_cut",
                "Connections cut since the proxy was disabled, moved or removed.",
                PROXY,
                eachProxy(proxy -> proxy.counts().cut()));
    }

    private void hits(String name, String help, ToLongFunction<ToxicCounts> count) {
        counter(
                name,
                help,
                TYPE,
                point -> eachStream((proxy, direction) -> proxy.counts().stream(direction)
                        .byType()
                        .forEach((type, hits) -> point.at(
                                count.applyAsLong(hits), proxy.settings().name(), direction.label(), type))));
    }

    private void inert() {
        counter(
                "fault_injector_connections_inert",
                "How often a toxic could not act on a connection, by reason.",
                List.of("proxy", "stream", "type", "reason"),
                point -> eachStream((proxy, direction) -> proxy.counts().stream(direction)
                        .byType()
                        .forEach((type, counts) -> counts.inert()
                                .forEach((reason, count) ->
                                        point.at(count, proxy.settings().name(), direction.label(), type, reason)))));
    }

    /** The library has histograms that measure, and none that are asked; so each stream has one of its own, which is labelled here. */
    private MetricSnapshot addedLatency() {
        HistogramSnapshot.Builder all = HistogramSnapshot.builder()
                .name("fault_injector_added_latency_seconds")
                .help("How long toxics held chunks of bytes back.");
        eachStream((proxy, direction) -> {
            HistogramSnapshot.HistogramDataPointSnapshot measured =
                    proxy.counts().stream(direction).addedLatency();
            all.dataPoint(HistogramSnapshot.HistogramDataPointSnapshot.builder()
                    .labels(Labels.of("proxy", proxy.settings().name(), "stream", direction.label()))
                    .classicHistogramBuckets(measured.getClassicBuckets())
                    .sum(measured.getSum())
                    .build());
        });
        return all.build();
    }

    private static Map<Progress.State, Long> scheduleEvents(Scheduler scheduler) {
        Map<Progress.State, Long> events = new EnumMap<>(Progress.State.class);
        List.of(Progress.State.values()).forEach(state -> events.put(state, 0L));
        scheduler
                .current()
                .map(Schedule::progress)
                .orElse(List.of())
                .forEach(one -> events.merge(one.state(), 1L, Long::sum));
        return events;
    }

    private Consumer<Point> eachProxy(ToLongFunction<Proxy> value) {
        return point -> proxies.all()
                .forEach(proxy ->
                        point.at(value.applyAsLong(proxy), proxy.settings().name()));
    }

    private void eachStream(BiConsumer<Proxy, Direction> action) {
        for (Proxy proxy : proxies.all()) {
            for (Direction direction : Direction.values()) {
                action.accept(proxy, direction);
            }
        }
    }

    private void gauge(String name, String help, List<String> labels, Consumer<Point> points) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames(labels.toArray(String[]::new))
                .callback(point -> points.accept((value, values) -> point.call((double) value, values)))
                .register(registry);
    }

    /** The name goes without {@code _total}, which the format adds. */
    private void counter(String name, String help, List<String> labels, Consumer<Point> points) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames(labels.toArray(String[]::new))
                .callback(point -> points.accept((value, values) -> point.call((double) value, values)))
                .register(registry);
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

    /** Takes the value of one series, and what its labels are. */
    private interface Point {
        void at(long value, String... labels);
    }
}

package dev.stabilitylab.faultinjector.metrics;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import dev.stabilitylab.faultinjector.proxy.Direction;
import dev.stabilitylab.faultinjector.proxy.Proxies;
import dev.stabilitylab.faultinjector.proxy.Proxy;
import dev.stabilitylab.faultinjector.proxy.StreamCounts;
import dev.stabilitylab.faultinjector.proxy.StreamCounts.ToxicCounts;
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
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * All metrics as text. Names and labels stand here and nowhere else. Everything is read when it is asked for; what a removed proxy
 * counted is gone with it.
 */
public final class Metrics {

    /** Of what {@link #read} returns. */
    public static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

    private static final List<String> PROXY = List.of("proxy");
    private static final List<String> TYPE = List.of("proxy", "stream", "type");

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();
    private final Proxies proxies;

    /** Metrics of those proxies, of that schedule, and of this process. */
    public Metrics(Proxies proxies, Scheduler scheduler) {
        this.proxies = proxies;
        bytes("toxiproxy_proxy_received_bytes", "Bytes read from one side.", StreamCounts::received);
        bytes("toxiproxy_proxy_sent_bytes", "Bytes passed on to the other side.", StreamCounts::sent);
        gauge(
                "fault_injector_proxy_enabled",
                "1 if it listens, 0 if it refuses.",
                PROXY,
                each(proxy -> proxy.settings().enabled() ? 1 : 0));
        gauge(
                "fault_injector_toxics",
                "Toxics that are there now.",
                PROXY,
                each(proxy -> proxy.toxics().all().size()));
        gauge(
                "fault_injector_toxics_in_effect",
                "Toxics that are there now and have begun.",
                TYPE,
                this::toxicsInEffect);
        gauge("fault_injector_connections_open", "Connections that are open now.", PROXY, each(Proxy::openConnections));
        counter(
                "fault_injector_connections_accepted",
                "Connections from clients.",
                PROXY,
                each(proxy -> proxy.counts().accepted()));
        counter(
                "fault_injector_connections_failed",
                "Connections from clients for which the upstream was out of reach.",
                PROXY,
                each(proxy -> proxy.counts().failed()));
        counter(
                "fault_injector_connections_cut",
                "Connections cut since the proxy was disabled, moved or removed.",
                PROXY,
                each(proxy -> proxy.counts().cut()));
        hits(
                "fault_injector_connections_hit",
                "How often a toxic took hold of a connection.",
                ToxicCounts::connections);
        hits("fault_injector_requests_hit", "Requests that a toxic hit, if it knows requests.", ToxicCounts::requests);
        counter(
                "fault_injector_connections_inert",
                "How often a toxic could not act on a connection, by reason.",
                List.of("proxy", "stream", "type", "reason"),
                this::inert);
        registry.register(this::addedLatency);
        gauge(
                "fault_injector_schedule_events",
                "Events of the schedule, by what became of them.",
                List.of("state"),
                point -> scheduleEvents(scheduler, point));
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

    private void gauge(String name, String help, List<String> labels, Consumer<Point> points) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames(labels.toArray(String[]::new))
                .callback(callback -> points.accept((value, values) -> callback.call((double) value, values)))
                .register(registry);
    }

    /** The name goes without {@code _total}, which the format adds. */
    private void counter(String name, String help, List<String> labels, Consumer<Point> points) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames(labels.toArray(String[]::new))
                .callback(callback -> points.accept((value, values) -> callback.call((double) value, values)))
                .register(registry);
    }

    private Consumer<Point> each(ToLongFunction<Proxy> value) {
        return point -> proxies.all()
                .forEach(proxy ->
                        point.at(value.applyAsLong(proxy), proxy.settings().name()));
    }

    private void bytes(String name, String help, ToLongFunction<StreamCounts> bytes) {
        counter(
                name,
                help,
                List.of("direction", "listener", "proxy", "upstream"),
                point -> sides().forEach(side -> point.at(
                        bytes.applyAsLong(side.counts()),
                        side.direction.label(),
                        side.proxy.settings().listen().toString(),
                        side.name(),
                        side.proxy.settings().upstream().toString())));
    }

    private void hits(String name, String help, ToLongFunction<ToxicCounts> count) {
        counter(
                name,
                help,
                TYPE,
                point -> sides().forEach(side -> side.counts()
                        .byType()
                        .forEach((type, hits) ->
                                point.at(count.applyAsLong(hits), side.name(), side.direction.label(), type))));
    }

    private void inert(Point point) {
        sides().forEach(side -> side.counts()
                .byType()
                .forEach((type, counts) -> counts.inert()
                        .forEach((reason, count) ->
                                point.at(count, side.name(), side.direction.label(), type, reason))));
    }

    private void toxicsInEffect(Point point) {
        sides().forEach(side -> {
            Map<String, Long> begun = side.proxy.toxics().inEffect().stream()
                    .filter(toxic -> toxic.direction() == side.direction)
                    .collect(groupingBy(toxic -> toxic.type().name(), counting()));
            side.counts()
                    .byType()
                    .keySet()
                    .forEach(type -> point.at(begun.getOrDefault(type, 0L), side.name(), side.direction.label(), type));
        });
    }

    /** The library has histograms that measure, and none that are asked; so each stream has one of its own, which is labelled here. */
    private MetricSnapshot addedLatency() {
        HistogramSnapshot.Builder all = HistogramSnapshot.builder()
                .name("fault_injector_added_latency_seconds")
                .help("How long toxics held chunks of bytes back.");
        sides().forEach(side -> {
            HistogramDataPointSnapshot measured = side.counts().addedLatency();
            all.dataPoint(HistogramDataPointSnapshot.builder()
                    .labels(Labels.of("proxy", side.name(), "stream", side.direction.label()))
                    .classicHistogramBuckets(measured.getClassicBuckets())
                    .sum(measured.getSum())
                    .build());
        });
        return all.build();
    }

    private static void scheduleEvents(Scheduler scheduler, Point point) {
        Map<Progress.State, Long> events = scheduler.current().map(Schedule::progress).orElse(List.of()).stream()
                .collect(groupingBy(Progress::state, counting()));
        for (Progress.State state : Progress.State.values()) {
            point.at(events.getOrDefault(state, 0L), state.label());
        }
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

    private Stream<Side> sides() {
        return proxies.all().stream()
                .flatMap(proxy -> Arrays.stream(Direction.values()).map(direction -> new Side(proxy, direction)));
    }

    /** One direction of one proxy. */
    private record Side(Proxy proxy, Direction direction) {

        String name() {
            return proxy.settings().name();
        }

        StreamCounts counts() {
            return proxy.counts().stream(direction);
        }
    }

    /** Takes the value of one series, and what its labels are. */
    private interface Point {
        void at(long value, String... labels);
    }
}

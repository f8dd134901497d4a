package dev.stabilitylab.faultinjector.metrics;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import dev.stabilitylab.faultinjector.proxy.Direction;
import dev.stabilitylab.faultinjector.proxy.Proxies;
import dev.stabilitylab.faultinjector.proxy.Proxy;
import dev.stabilitylab.faultinjector.proxy.ProxyCounts;
import dev.stabilitylab.faultinjector.proxy.ProxySettings;
import dev.stabilitylab.faultinjector.proxy.StreamCounts;
import dev.stabilitylab.faultinjector.proxy.Traffic;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.Map;

/** The metrics of all proxies that there are. Names and labels stand here and nowhere else. */
final class ProxyCollector implements MultiCollector {

    private final Proxies proxies;

    ProxyCollector(Proxies proxies) {
        this.proxies = proxies;
    }

    @Override
    public MetricSnapshots collect() {
        Scrape scrape = new Scrape();
        proxies.all().forEach(proxy -> scrape.add(proxy));
        return scrape.snapshots();
    }

    private static final class Scrape {
        private final Series received = Series.counter("toxiproxy_proxy_received_bytes", "Bytes read from one side.");
        private final Series sent = Series.counter("toxiproxy_proxy_sent_bytes", "Bytes passed on to the other side.");
        private final Series enabled =
                Series.gauge("fault_injector_proxy_enabled", "1 if it listens, 0 if it refuses.");
        private final Series toxics = Series.gauge("fault_injector_toxics", "Toxics that are there now.");
        private final Series inEffect =
                Series.gauge("fault_injector_toxics_in_effect", "Toxics that are there now and have begun.");
        private final Series open = Series.gauge("fault_injector_connections_open", "Connections that are open now.");
        private final Series accepted =
                Series.counter("fault_injector_connections_accepted", "Connections from clients.");
        private final Series failed = Series.counter(
                "fault_injector_connections_failed",
                "Connections from clients for which the upstream was out of reach.");
        private final Series cut = Series.counter(
                "fault_injector_connections_cut", "Connections cut since the proxy was disabled, moved or removed.");
        private final Series connectionsHit =
                Series.counter("fault_injector_connections_hit", "How often a toxic took hold of a connection.");
        private final Series requestsHit =
                Series.counter("fault_injector_requests_hit", "Requests that a toxic hit, if it knows requests.");
        private final DelaySeries delays =
                new DelaySeries("fault_injector_added_latency_seconds", "How long toxics held chunks of bytes back.");

        void add(Proxy proxy) {
            ProxySettings settings = proxy.settings();
            ProxyCounts counts = proxy.counts();
            Labels name = Labels.of("proxy", settings.name());
            enabled.add(name, settings.enabled() ? 1 : 0);
            toxics.add(name, proxy.toxics().all().size());
            open.add(name, proxy.openConnections());
            accepted.add(name, counts.accepted());
            failed.add(name, counts.failed());
            cut.add(name, counts.cut());
            for (Direction direction : Direction.values()) {
                addTraffic(settings, counts.traffic(direction), direction);
                addStream(proxy, counts.stream(direction), direction);
            }
        }

        private void addTraffic(ProxySettings settings, Traffic traffic, Direction direction) {
            Labels addresses = Labels.of(
                    "direction", direction.label(),
                    "listener", settings.listen().toString(),
                    "proxy", settings.name(),
                    "upstream", settings.upstream().toString());
            received.add(addresses, traffic.received());
            sent.add(addresses, traffic.sent());
        }

        private void addStream(Proxy proxy, StreamCounts counts, Direction direction) {
            Labels stream = Labels.of("proxy", proxy.settings().name(), "stream", direction.label());
            delays.add(stream, counts.delays());
            Map<String, Long> begun = proxy.toxics().inEffect().stream()
                    .filter(toxic -> toxic.direction() == direction)
                    .collect(groupingBy(toxic -> toxic.type().name(), counting()));
            counts.byType().forEach((type, hits) -> {
                Labels labels = stream.add("type", type);
                inEffect.add(labels, begun.getOrDefault(type, 0L));
                connectionsHit.add(labels, hits.connections());
                requestsHit.add(labels, hits.requests());
            });
        }

        MetricSnapshots snapshots() {
            return MetricSnapshots.builder()
                    .metricSnapshot(received.snapshot())
                    .metricSnapshot(sent.snapshot())
                    .metricSnapshot(enabled.snapshot())
                    .metricSnapshot(toxics.snapshot())
                    .metricSnapshot(inEffect.snapshot())
                    .metricSnapshot(open.snapshot())
                    .metricSnapshot(accepted.snapshot())
                    .metricSnapshot(failed.snapshot())
                    .metricSnapshot(cut.snapshot())
                    .metricSnapshot(connectionsHit.snapshot())
                    .metricSnapshot(requestsHit.snapshot())
                    .metricSnapshot(delays.snapshot())
                    .build();
        }
    }
}

package dev.stabilitylab.faultinjector.proxy;

import dev.stabilitylab.faultinjector.faults.ToxicTypes;
import dev.stabilitylab.faultinjector.toxic.ToxicMeter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** What happened in one direction of one proxy. */
public final class StreamCounts {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double[] BOUNDS_SECONDS = {
        0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30
    };

    final LongAdder received = new LongAdder();
    final LongAdder sent = new LongAdder();
    private final Histogram addedLatency = Histogram.builder()
            .name("added_latency_seconds")
            .classicOnly()
            .classicUpperBounds(BOUNDS_SECONDS)
            .withoutExemplars()
            .build();
    private final Map<String, ToxicCounts> byType = new TreeMap<>();

    /** Has all types from the start: a rate sees no change in what begins with its first hit. */
    StreamCounts() {
        ToxicTypes.all().forEach(type -> byType.put(type.name(), new ToxicCounts()));
    }

    /** The bytes begin at 0 again, since their labels name the addresses. To be called when no connection is open. */
    void addressesChanged() {
        received.reset();
        sent.reset();
    }

    /** Bytes that were read from the one side, since the proxy has had the addresses that it has. */
    public long received() {
        return received.sum();
    }

    /** Bytes that were passed on to the other side since then; what its socket has not taken yet is counted. */
    public long sent() {
        return sent.sum();
    }

    /** What toxics did, by their type. */
    public Map<String, ToxicCounts> byType() {
        return Collections.unmodifiableMap(byType);
    }

    ToxicCounts of(String type) {
        return Objects.requireNonNull(byType.get(type));
    }

    /** How long toxics of all types held chunks of bytes back. */
    public HistogramDataPointSnapshot addedLatency() {
        return addedLatency.collect().getDataPoints().get(0);
    }

    /** Counts what that toxic does to the connection of that number, here and in its tally. */
    ToxicMeter meter(AppliedToxic toxic, ToxicTally tally, long connection) {
        ToxicCounts counts = of(toxic.type().name());
        return new ToxicMeter() {
            @Override
            public String toxic() {
                return toxic.name();
            }

            @Override
            public void connectionHit() {
                counts.connections.increment();
                if (!toxic.type().ofRequests()) {
                    tally.hit(toxic, connection, Map::of);
                }
            }

            @Override
            public void requestHit(Supplier<Map<String, String>> details) {
                counts.requests.increment();
                tally.hit(toxic, connection, details);
            }

            @Override
            public void delayed(long nanos) {
                addedLatency.observe(nanos / NANOS_PER_SECOND);
            }

            @Override
            public void inert(String reason) {
                counts.inert.merge(reason, 1L, Long::sum);
                tally.inert(toxic, connection, reason);
            }
        };
    }

    /** What toxics of one type did. */
    public static final class ToxicCounts {

        private final LongAdder connections = new LongAdder();
        private final LongAdder requests = new LongAdder();
        private final Map<String, Long> inert = new ConcurrentHashMap<>();

        /** How often a toxic took hold of a connection. */
        public long connections() {
            return connections.sum();
        }

        /** How many requests were hit; 0 for toxics that know no requests. */
        public long requests() {
            return requests.sum();
        }

        /** How often a toxic could not act on a connection, by reason. */
        public Map<String, Long> inert() {
            return new TreeMap<>(inert);
        }
    }
}

package dev.stabilitylab.faultinjector.endurance;

import dev.stabilitylab.faultinjector.endurance.Visit.Outcome;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocatorMetric;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What a soak has done so far; from all threads. */
final class Tally {

    private static final long MIB = 1024 * 1024;

    /** Connections by how they ended, of each kind of client. */
    private final Map<String, Map<Outcome, LongAdder>> connections = new ConcurrentHashMap<>();

    private final AtomicLong mostBuffers = new AtomicLong();

    /** Responses that had to be the upstream's, and were. */
    final LongAdder untouched = new LongAdder();

    /** Responses that HTTP faults may have hit. */
    final LongAdder perhapsHit = new LongAdder();

    final LongAdder changes = new LongAdder();
    final LongAdder schedules = new LongAdder();

    /** Events of schedules that were done before their schedule was over or cancelled. */
    final LongAdder events = new LongAdder();

    void add(String client, Outcome outcome) {
        connections
                .computeIfAbsent(client, unused -> new ConcurrentHashMap<>())
                .computeIfAbsent(outcome, unused -> new LongAdder())
                .increment();
        PooledByteBufAllocatorMetric pool = PooledByteBufAllocator.DEFAULT.metric();
        mostBuffers.accumulateAndGet(pool.usedDirectMemory() + pool.usedHeapMemory(), Math::max);
    }

    Map<Outcome, LongAdder> of(String client) {
        return connections.getOrDefault(client, Map.of());
    }

    /** The figures, to be printed. */
    @Override
    public String toString() {
        Runtime runtime = Runtime.getRuntime();
        System.gc();
        return "connections %s; responses: %s untouched, %s perhaps hit; %s changes, %s schedules with %s events done; "
                        .formatted(new TreeMap<>(connections), untouched, perhapsHit, changes, schedules, events)
                + "%d MiB of buffers at most, %d MiB of heap in the end"
                        .formatted(mostBuffers.get() / MIB, (runtime.totalMemory() - runtime.freeMemory()) / MIB);
    }
}

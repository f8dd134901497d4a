package dev.stabilitylab.faultinjector.proxy;

import dev.stabilitylab.faultinjector.proxy.Strike.Kind;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** What one toxic of a proxy did since it was added: counts everything, and tells of it up to a rate. */
public final class ToxicTally {

    /** So many are told in each second at most. */
    static final int MAX_TOLD = 5;

    private final String proxy;
    private final Consumer<Strike> listener;
    private final LongSupplier nanoTime;
    private final LongAdder hits = new LongAdder();
    private final Map<String, Long> inert = new ConcurrentHashMap<>();
    private final AtomicLong untold = new AtomicLong();
    private final AtomicLong second = new AtomicLong(Long.MIN_VALUE);
    private final AtomicLong toldInSecond = new AtomicLong();

    ToxicTally(String proxy, Consumer<Strike> listener, LongSupplier nanoTime) {
        this.proxy = proxy;
        this.listener = listener;
        this.nanoTime = nanoTime;
    }

    /** How many connections it hit; or requests, if it understands those. */
    public long hits() {
        return hits.sum();
    }

    /** On how many connections it could not act, by reason. */
    public Map<String, Long> inert() {
        return new TreeMap<>(inert);
    }

    void hit(AppliedToxic toxic, long connection, Supplier<Map<String, String>> details) {
        hits.increment();
        tell(Kind.HIT, toxic, connection, details);
    }

    void inert(AppliedToxic toxic, long connection, String reason) {
        inert.merge(reason, 1L, Long::sum);
        tell(Kind.INERT, toxic, connection, () -> Map.of("reason", reason));
    }

    private void tell(Kind kind, AppliedToxic toxic, long connection, Supplier<Map<String, String>> details) {
        if (mayTell()) {
            listener.accept(new Strike(kind, proxy, toxic, connection, details.get(), untold.getAndSet(0)));
        } else {
            untold.incrementAndGet();
        }
    }

    private boolean mayTell() {
        long now = TimeUnit.NANOSECONDS.toSeconds(nanoTime.getAsLong());
        long before = second.get();
        if (before != now && second.compareAndSet(before, now)) {
            toldInSecond.set(0);
        }
        return toldInSecond.incrementAndGet() <= MAX_TOLD;
    }
}

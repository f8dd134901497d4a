package dev.stabilitylab.apiclient.gateway;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The answers that may stand in, and the refusals that forbid it. Bounded: beyond the limit those go that were not used for longest.
 * Refusals have room of their own, so that many who are refused cannot push out those who are known. Thread-safe.
 */
final class Leases {

    private final long durationNanos;
    private final Map<LeaseKey, Lease> granted;
    private final Map<LeaseKey, Long> refusedAt;

    /**
     * None yet.
     *
     * @param maxEntries of each kind
     */
    Leases(long durationNanos, int maxEntries) {
        this.durationNanos = durationNanos;
        this.granted = new Bounded<>(maxEntries);
        this.refusedAt = new Bounded<>(maxEntries);
    }

    /** A call has brought an answer. One that began before a refusal came may be older than the refusal, and counts for nothing. */
    synchronized void grant(LeaseKey key, Object answer, long callBeganNanos) {
        Long refused = refusedAt.get(key);
        if (refused == null || refused - callBeganNanos < 0) {
            granted.merge(key, new Lease(answer, callBeganNanos), Lease::later);
        }
    }

    /** The upstream has said no. */
    synchronized void revoke(LeaseKey key, long nowNanos) {
        granted.remove(key);
        refusedAt.put(key, nowNanos);
    }

    /** The answer that may stand in now. */
    synchronized Optional<Lease> find(LeaseKey key, long nowNanos) {
        Lease lease = granted.get(key);
        if (lease != null && nowNanos - lease.beganNanos() >= durationNanos) {
            granted.remove(key);
            return Optional.empty();
        }
        return Optional.ofNullable(lease);
    }

    /**
     * An answer.
     *
     * @param beganNanos when the call began that brought it
     */
    record Lease(Object answer, long beganNanos) {

        private Lease later(Lease other) {
            return other.beganNanos - beganNanos > 0 ? other : this;
        }
    }

    private static final class Bounded<V> extends LinkedHashMap<LeaseKey, V> {

        private static final long serialVersionUID = 1;

        private final int limit;

        Bounded(int limit) {
            super(16, 0.75f, true);
            this.limit = limit;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<LeaseKey, V> eldest) {
            return size() > limit;
        }
    }
}

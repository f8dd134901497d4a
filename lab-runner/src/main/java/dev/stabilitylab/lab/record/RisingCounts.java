package dev.stabilitylab.lab.record;

import java.util.Map;
import java.util.TreeMap;

/**
 * Counts that never fall: when an instance was started again and counts from 0, what it had counted before is added. Whatever it
 * counted between the last look and its end is lost.
 */
final class RisingCounts {

    private ClientMetrics before = new ClientMetrics(Map.of(), Map.of());
    private ClientMetrics last = before;
    private String lastIdentity = "";

    /**
     * Takes what the instance says now.
     *
     * @param identity new with every start of the instance
     */
    void add(String identity, ClientMetrics now) {
        if (!identity.equals(lastIdentity)) {
            before = total();
        }
        last = now;
        lastIdentity = identity;
    }

    /** All that was counted. */
    ClientMetrics total() {
        return sum(before, last);
    }

    private static ClientMetrics sum(ClientMetrics a, ClientMetrics b) {
        Map<String, Map<String, Long>> attempts = new TreeMap<>();
        Map<String, Long> retries = new TreeMap<>(a.retries());
        a.attempts().forEach((upstream, outcomes) -> attempts.put(upstream, new TreeMap<>(outcomes)));
        b.attempts()
                .forEach((upstream, outcomes) ->
                        outcomes.forEach((outcome, count) -> attempts.computeIfAbsent(upstream, none -> new TreeMap<>())
                                .merge(outcome, count, Long::sum)));
        b.retries().forEach((upstream, count) -> retries.merge(upstream, count, Long::sum));
        return new ClientMetrics(attempts, retries);
    }
}

package dev.stabilitylab.lab.verdict;

import dev.stabilitylab.lab.record.Recording.InstanceSample;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** How many attempts the instances made to the watched upstreams, from what they said of themselves. */
final class AttemptCounts {

    /** Outcomes of what was never sent. */
    private static final Set<String> NOT_SENT = Set.of("breaker_open", "bulkhead_full");

    private static final Set<String> FAILED =
            Set.of("connection_failed", "connection_lost", "timed_out", "server_error", "bad_response");

    private final Map<String, NavigableMap<Duration, InstanceSample>> samples = new HashMap<>();
    private final Set<String> upstreams;

    AttemptCounts(List<InstanceSample> samples, Set<String> upstreams) {
        this.upstreams = upstreams;
        samples.forEach(sample -> this.samples
                .computeIfAbsent(sample.instance(), instance -> new TreeMap<>())
                .put(sample.at(), sample));
    }

    /** Attempts that were sent between two moments. Empty when an instance was there and was not looked at often enough to know. */
    OptionalLong sent(Duration from, Duration to) {
        return increase(from, to, outcome -> !NOT_SENT.contains(outcome));
    }

    /** Those of them that failed, so that a breaker or a retry had something to do. */
    OptionalLong failed(Duration from, Duration to) {
        return increase(from, to, FAILED::contains);
    }

    /**
     * Between the last samples at or before the bounds; the first sample stands in for one before the recording. Empty when an instance
     * gave less than two and is seen again later: without its attempts, those of the others would pass for all.
     */
    private OptionalLong increase(Duration from, Duration to, Predicate<String> outcomes) {
        OptionalLong sum = OptionalLong.empty();
        for (NavigableMap<Duration, InstanceSample> ofInstance : samples.values()) {
            Map.Entry<Duration, InstanceSample> last = ofInstance.floorEntry(to);
            if (last == null) {
                continue; // It was not there yet.
            }
            Map.Entry<Duration, InstanceSample> before = ofInstance.floorEntry(from);
            Map.Entry<Duration, InstanceSample> first = before == null ? ofInstance.firstEntry() : before;
            if (last.getKey().compareTo(first.getKey()) > 0) {
                long increase = count(last.getValue(), outcomes) - count(first.getValue(), outcomes);
                sum = OptionalLong.of(sum.orElse(0) + Math.max(0, increase));
            } else if (ofInstance.higherKey(to) != null) {
                return OptionalLong.empty();
            }
        }
        return sum;
    }

    private long count(InstanceSample sample, Predicate<String> outcomes) {
        return upstreams.stream()
                .flatMap(upstream -> sample.attempts().getOrDefault(upstream, Map.of()).entrySet().stream())
                .filter(entry -> outcomes.test(entry.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}

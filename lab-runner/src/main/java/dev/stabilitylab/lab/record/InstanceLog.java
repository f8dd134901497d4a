package dev.stabilitylab.lab.record;

import dev.stabilitylab.lab.record.Recording.BreakerTransition;
import dev.stabilitylab.lab.record.Recording.InstanceSample;
import dev.stabilitylab.lab.record.UpstreamsView.Change;
import dev.stabilitylab.lab.time.RunClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What one instance said of itself, in times of the clock. Thread-safe. */
final class InstanceLog {

    private final String instance;
    private final RunClock clock;
    private final RunListener listener;
    private final List<InstanceSample> samples = new ArrayList<>();
    private final List<BreakerTransition> transitions = new ArrayList<>();
    /** In the instance's own time: our reading of it differs a little from poll to poll. */
    private final Set<Change> known = new HashSet<>();

    private final RisingCounts counts = new RisingCounts();
    private boolean asked;

    InstanceLog(String instance, RunClock clock, RunListener listener) {
        this.instance = instance;
        this.clock = clock;
        this.listener = listener;
    }

    /** Each poll tells the last changes, so most of them are known. Those of the first poll are news to nobody. */
    synchronized void addChanges(List<Change> changes) {
        for (Change change : changes) {
            if (known.add(change)) {
                if (asked) {
                    listener.breakerChanged(change.at(), instance, change.upstream(), change.from(), change.to());
                }
                transitions.add(new BreakerTransition(
                        Duration.ofNanos(clock.nanosOf(change.at())),
                        instance,
                        change.upstream(),
                        change.from(),
                        change.to()));
            }
        }
        asked = true;
    }

    /**
     * Takes what the instance counts.
     *
     * @param identity new with every start of the instance
     */
    synchronized void addSample(String identity, Map<String, String> breakers, ClientMetrics metrics) {
        counts.add(identity, metrics);
        ClientMetrics total = counts.total();
        samples.add(new InstanceSample(
                Duration.ofNanos(clock.nanos()), instance, breakers, total.attempts(), total.retries()));
    }

    synchronized List<InstanceSample> samples() {
        return List.copyOf(samples);
    }

    synchronized List<BreakerTransition> transitions() {
        return List.copyOf(transitions);
    }

    /** The breakers' states as of the last sample; empty when that is older than the age, or there is none. */
    synchronized Optional<Map<String, String>> lastBreakers(Duration maxAge) {
        if (samples.isEmpty()) {
            return Optional.empty();
        }
        InstanceSample last = samples.get(samples.size() - 1);
        Duration age = Duration.ofNanos(clock.nanos()).minus(last.at());
        return age.compareTo(maxAge) > 0 ? Optional.empty() : Optional.of(last.breakers());
    }
}

package dev.stabilitylab.lab.report.timeline;

import dev.stabilitylab.lab.record.PageKind;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A short stretch of a recording.
 *
 * @param startSeconds from the start of the recording
 * @param lengthSeconds as long as every other slot, but for the last one, which ends with the recording
 * @param pages that ended in it, by kind; without kinds that did not occur
 * @param p50Ms median latency of the pages that ended in it, in ms; null without pages, like the next two
 * @param attempts increase by upstream and outcome, summed over the instances; fractions, since an increase is
 *     spread evenly over the time between two looks at an instance
 * @param retries increase by upstream, summed over the instances
 * @param marks what was broken or healed in it, in words
 */
public record Slot(
        double startSeconds,
        double lengthSeconds,
        Map<PageKind, Integer> pages,
        @Nullable Double p50Ms,
        @Nullable Double p99Ms,
        @Nullable Double maxMs,
        Map<String, Map<String, Double>> attempts,
        Map<String, Double> retries,
        List<String> marks) {

    /** From the start of the recording, in seconds. Rounded as the next slot's start is: 0.2 + 0.1 is more than 0.3. */
    public double endSeconds() {
        return Grid.rounded(startSeconds + lengthSeconds);
    }

    /** Pages of this kind a second. */
    public double rate(PageKind kind) {
        return pages.getOrDefault(kind, 0) / lengthSeconds;
    }

    /** Pages a second that users could look at, full or degraded. */
    public double answeredRate() {
        return rate(PageKind.FULL) + rate(PageKind.DEGRADED);
    }

    /** Attempts a second to this upstream that ended like this. */
    public double attemptRate(String upstream, String outcome) {
        return attempts.getOrDefault(upstream, Map.of()).getOrDefault(outcome, 0.0) / lengthSeconds;
    }

    /** Retries a second of calls to this upstream. */
    public double retryRate(String upstream) {
        return retries.getOrDefault(upstream, 0.0) / lengthSeconds;
    }
}

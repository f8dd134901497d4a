package dev.stabilitylab.lab.verdict;

import dev.stabilitylab.lab.record.Page;
import dev.stabilitylab.lab.record.PageKind;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Counts pages by what users got, and how long they took, to three significant digits. */
final class PageTally {

    private static final int SIGNIFICANT_DIGITS = 3;
    private static final double MICROS_PER_MILLI = 1000;
    private static final int SERVICE_UNAVAILABLE = 503;

    private final Map<PageKind, Long> counts = new EnumMap<>(PageKind.class);
    private final Histogram latencies = new Histogram(SIGNIFICANT_DIGITS);
    private long maxMicros;
    private long turnedAway;
    private long sumMicros;
    private long firstRequests;

    void add(Page page) {
        counts.merge(page.kind(), 1L, Long::sum);
        if (page.status() == SERVICE_UNAVAILABLE && page.retryAfter()) {
            turnedAway++;
        }
        if (page.kind() == PageKind.NOT_SENT) {
            return;
        }
        long latency = Math.max(0, page.latencyMicros());
        latencies.recordValue(latency);
        maxMicros = Math.max(maxMicros, latency);
        sumMicros += latency;
        firstRequests += page.reload() ? 0 : 1;
    }

    long total() {
        return sent() + count(PageKind.NOT_SENT);
    }

    /** Pages that were really asked for; those have latencies. */
    long sent() {
        return latencies.getTotalCount();
    }

    /** Those of them that began a visit. */
    long visits() {
        return firstRequests;
    }

    /** Pages that were answered 503 with Retry-After. */
    long turnedAway() {
        return turnedAway;
    }

    long count(PageKind... kinds) {
        return Arrays.stream(kinds)
                .mapToLong(kind -> counts.getOrDefault(kind, 0L))
                .sum();
    }

    /** Pages that users could look at. */
    long available() {
        return count(
                Arrays.stream(PageKind.values()).filter(PageKind::isAvailable).toArray(PageKind[]::new));
    }

    /** Pages that the system should have delivered: all but those that were refused to their users. */
    long owed() {
        return total() - count(PageKind.REFUSED);
    }

    /** Milliseconds within which this share of pages ended; never above the slowest page. Meaningless without pages that were sent. */
    double percentileMs(double percentile) {
        return Math.min(latencies.getValueAtPercentile(percentile), maxMicros) / MICROS_PER_MILLI;
    }

    double maxMs() {
        return maxMicros / MICROS_PER_MILLI;
    }

    /** Exact, unlike the percentiles. Meaningless without pages that were sent. */
    double meanMs() {
        return sumMicros / MICROS_PER_MILLI / sent();
    }
}

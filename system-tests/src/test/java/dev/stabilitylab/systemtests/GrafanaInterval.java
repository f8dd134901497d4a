package dev.stabilitylab.systemtests;

import java.time.Duration;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The steps and windows that Grafana chooses for a query.
 *
 * @param range the time that the dashboard shows
 * @param step {@code $__interval}: from one point of a graph to the next
 * @param rate {@code $__rate_interval}: a window in which a rate has samples enough
 */
record GrafanaInterval(Duration range, Duration step, Duration rate) {

    /** The {@code timeInterval} of the provisioned data source, which is how often Prometheus scrapes. */
    private static final Duration SCRAPE = Duration.ofSeconds(1);

    /** Points of a graph that is as wide as a screen. */
    private static final int POINTS = 1000;

    /** Up to this many milliseconds, exclusive, an interval is rounded to that many. Longer ones are not needed here. */
    private static final NavigableMap<Long, Long> ROUNDED = new TreeMap<>();

    static {
        ROUNDED.put(1500L, 1000L);
        ROUNDED.put(3500L, 2000L);
        ROUNDED.put(7500L, 5000L);
        ROUNDED.put(12_500L, 10_000L);
        ROUNDED.put(17_500L, 15_000L);
        ROUNDED.put(25_000L, 20_000L);
        ROUNDED.put(45_000L, 30_000L);
        ROUNDED.put(90_000L, 60_000L);
    }

    /** The shortest step that a query asks for is text such as {@code 5s}, or empty. */
    static GrafanaInterval of(Duration range, String minStep) {
        Duration scrape = minStep.isEmpty() ? SCRAPE : PromDuration.parse(minStep);
        long raw = Math.max(range.toMillis() / POINTS, scrape.toMillis());
        Duration step = Duration.ofMillis(ROUNDED.higherEntry(raw).getValue());
        Duration rate = max(step.plus(scrape), scrape.multipliedBy(4));
        return new GrafanaInterval(range, step, rate);
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}

package dev.stabilitylab.lab.script;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A figure of a phase that expectations can speak of. */
public enum Metric {
    /** Pages a second that users could look at, full or degraded. */
    RATE("rate", Unit.RATE),
    /** Share of pages, refused ones aside, that users could look at. */
    AVAILABILITY("availability", Unit.SHARE),
    /** Share of pages, refused ones aside, that had a part missing and said so. */
    DEGRADED("degraded", Unit.SHARE),
    /** Half of all pages took no longer. */
    P50("p50", Unit.TIME),
    /** 99 of 100 pages took no longer. */
    P99("p99", Unit.TIME),
    /** The slowest page. */
    MAX("max", Unit.TIME),
    /** Pages a second that ended in a broken connection, or got none. */
    CONNECTION_ERRORS("connection errors", Unit.RATE),
    /** Pages a second that took longer than users wait. */
    TIMEOUTS("timeouts", Unit.RATE),
    /** Pages a second that failed by their status or by a wrong body. */
    FAILURES("failures", Unit.RATE),
    /** Attempts to the broken upstreams, by pages ended. */
    ATTEMPTS_A_PAGE("attempts a page", Unit.COUNT),
    /** Attempts a second to the broken upstreams that failed. */
    FAILED_ATTEMPTS("failed attempts", Unit.RATE);

    private final String words;
    private final Unit unit;

    Metric(String words, Unit unit) {
        this.words = words;
        this.unit = unit;
    }

    /** As it stands in scripts. */
    public String words() {
        return words;
    }

    /** What it counts. */
    public Unit unit() {
        return unit;
    }

    /** Whether it speaks of what the homepages send to the broken upstreams, not of what users got. */
    public boolean isOfBrokenUpstreams() {
        return this == ATTEMPTS_A_PAGE || this == FAILED_ATTEMPTS;
    }

    static Optional<Metric> of(String words) {
        return Arrays.stream(values())
                .filter(metric -> metric.words.equals(words))
                .findFirst();
    }

    static List<String> allWords() {
        return Arrays.stream(values()).map(Metric::words).toList();
    }
}

package dev.stabilitylab.lab.script;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A figure of a phase that expectations can speak of. */
public enum Metric {
    /** Pages a second that users could look at, full or degraded. */
    RATE("rate", Unit.RATE),
    /** Pages a second that ended, whatever came of them; without those that were never sent. */
    ASKED("asked", Unit.RATE),
    /** Share of pages, refused ones aside, that users could look at. */
    AVAILABILITY("availability", Unit.SHARE),
    /** Share of pages, refused ones aside, that had a part missing or stale permissions, and said so. */
    DEGRADED("degraded", Unit.SHARE),
    /** Share of pages, refused ones aside, that were whole. */
    FULL("full", Unit.SHARE),
    /** Share of all pages that were not for their users. */
    REFUSED("refused", Unit.SHARE),
    /** The mean latency of pages that were sent. */
    MEAN("mean", Unit.TIME),
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
    /** Share of all pages that were answered 503 with Retry-After: no page, but a clear word, at once. */
    TURNED_AWAY("turned away", Unit.SHARE),
    /** Attempts to the watched upstreams, by pages ended. */
    ATTEMPTS_A_PAGE("attempts a page", Unit.COUNT, Subject.WATCHED_UPSTREAMS),
    /** Attempts to the watched upstreams, by first requests ended: reloads are part of their visit. */
    ATTEMPTS_A_VISIT("attempts a visit", Unit.COUNT, Subject.WATCHED_UPSTREAMS),
    /** Attempts a second to the watched upstreams that failed. */
    FAILED_ATTEMPTS("failed attempts", Unit.RATE, Subject.WATCHED_UPSTREAMS),
    /** Share of the attempts to the watched upstreams that failed. */
    ATTEMPT_FAILURES("attempt failures", Unit.SHARE, Subject.WATCHED_UPSTREAMS),
    /** What the attempts of a visit would come to, if each failed independently with the measured share. */
    PREDICTED_ATTEMPTS_A_VISIT("predicted attempts a visit", Unit.COUNT, Subject.WATCHED_UPSTREAMS),
    /** Which share of pages would be whole, if each attempt failed independently with the measured share. */
    PREDICTED_FULL("predicted full", Unit.SHARE, Subject.WATCHED_UPSTREAMS),
    /** Requests that all homepages worked on at once, on average. */
    REQUESTS_HELD("requests held", Unit.COUNT, Subject.HOMEPAGES),
    /** What Little's law says they hold: pages that ended a second, times their mean latency. */
    PREDICTED_REQUESTS_HELD("predicted requests held", Unit.COUNT, Subject.HOMEPAGES),
    /** Requests that the watched upstreams worked on at once, on average. */
    REQUESTS_IN_SERVICE("requests in service", Unit.COUNT, Subject.WATCHED_UPSTREAMS),
    /** Share of the watched upstreams' work, by time, whose caller had given up when it ended. */
    WASTED_WORK("wasted work", Unit.SHARE, Subject.WATCHED_UPSTREAMS);

    private enum Subject {
        PAGES,
        HOMEPAGES,
        WATCHED_UPSTREAMS
    }

    private final String words;
    private final Unit unit;
    private final Subject subject;

    Metric(String words, Unit unit) {
        this(words, unit, Subject.PAGES);
    }

    Metric(String words, Unit unit, Subject subject) {
        this.words = words;
        this.unit = unit;
        this.subject = subject;
    }

    /** As it stands in scripts. */
    public String words() {
        return words;
    }

    /** What it counts. */
    public Unit unit() {
        return unit;
    }

    /** Whether it speaks of what users got, so that it can be had for a group of them. */
    public boolean isOfPages() {
        return subject == Subject.PAGES;
    }

    /** Whether it speaks of what the homepages send to the watched upstreams. */
    public boolean isOfWatchedUpstreams() {
        return subject == Subject.WATCHED_UPSTREAMS;
    }

    static Optional<Metric> of(String words) {
        return Arrays.stream(values())
                .filter(metric -> metric.words.equals(words))
                .findFirst();
    }

    /** The one whose words come first here, alone or before {@code " in "} or {@code " for "}; the longest, since one may be in the words of another. */
    static Optional<Metric> atStartOf(String words) {
        return Arrays.stream(values())
                .filter(metric -> words.equals(metric.words)
                        || words.startsWith(metric.words + " in ")
                        || words.startsWith(metric.words + " for "))
                .max(Comparator.comparingInt(metric -> metric.words.length()));
    }

    static List<String> allWords() {
        return Arrays.stream(values()).map(Metric::words).toList();
    }
}

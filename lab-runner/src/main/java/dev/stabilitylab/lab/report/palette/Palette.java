package dev.stabilitylab.lab.report.palette;

import dev.stabilitylab.lab.record.PageKind;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Colours by Okabe and Ito, which the colour-blind can tell apart (jfly.uni-koeln.de/color): blue is well, orange is partly
 * well, and everything else is some way to fail.
 */
public final class Palette {

    private static final String BLUE = "#0072B2";
    private static final String BLUE_DARK = "#3B9BDC";
    private static final String ORANGE = "#E69F00";
    private static final String VERMILLION = "#D55E00";
    private static final String PURPLE = "#CC79A7";
    private static final String VIOLET = "#6F4DFF";
    private static final String SKY = "#56B4E9";
    private static final String YELLOW = "#F0E442";
    private static final String GREEN = "#009E73";
    private static final String BLACK = "#3C4048";
    private static final String BLACK_DARK = "#C9CDD4";
    private static final String GREY = "#9AA0A8";

    private static final List<Swatch> PAGES = List.of(
            new Swatch("full", "full", BLUE, BLUE_DARK),
            new Swatch("degraded", "degraded", ORANGE, ORANGE),
            new Swatch("refused", "refused (401, 403)", SKY, SKY),
            new Swatch("wrong_body", "wrong body", YELLOW, YELLOW),
            new Swatch("failed", "failed", VERMILLION, VERMILLION),
            new Swatch("timed_out", "timed out", PURPLE, PURPLE),
            new Swatch("connection_error", "connection error", BLACK, BLACK_DARK),
            new Swatch("not_sent", "not sent (too many under way)", GREY, GREY));

    private static final List<Swatch> OUTCOMES = List.of(
            new Swatch("success", "success", BLUE, BLUE_DARK),
            new Swatch("rejected", "rejected (4xx)", SKY, SKY),
            new Swatch("throttled", "throttled (429)", GREEN, GREEN),
            new Swatch("bad_response", "bad response", YELLOW, YELLOW),
            new Swatch("server_error", "server error (5xx)", VERMILLION, VERMILLION),
            new Swatch("timed_out", "timed out", PURPLE, PURPLE),
            new Swatch("connection_lost", "connection lost", VIOLET, VIOLET),
            new Swatch("connection_failed", "connection failed", BLACK, BLACK_DARK),
            new Swatch("deadline_exceeded", "deadline exceeded", "#8A4A73", "#A8628F"),
            new Swatch("breaker_open", "breaker open", ORANGE, ORANGE),
            new Swatch("bulkhead_full", "bulkhead full", "#B8860B", "#B8860B"),
            new Swatch("cancelled", "cancelled", GREY, GREY));

    private static final List<Swatch> BREAKERS = List.of(
            new Swatch("CLOSED", "closed", BLUE, BLUE_DARK),
            new Swatch("HALF_OPEN", "half-open (probing)", YELLOW, YELLOW),
            new Swatch("OPEN", "open", VERMILLION, VERMILLION));

    private static final List<Swatch> VARIANTS = List.of(
            new Swatch("0", "", VERMILLION, VERMILLION),
            new Swatch("1", "", BLUE, BLUE_DARK),
            new Swatch("2", "", GREEN, GREEN),
            new Swatch("3", "", PURPLE, PURPLE),
            new Swatch("4", "", ORANGE, ORANGE),
            new Swatch("5", "", SKY, SKY),
            new Swatch("6", "", BLACK, BLACK_DARK));

    private static final Map<PageKind, Swatch> BY_KIND = Map.of(
            PageKind.FULL, PAGES.get(0),
            PageKind.DEGRADED, PAGES.get(1),
            PageKind.REFUSED, PAGES.get(2),
            PageKind.WRONG_BODY, PAGES.get(3),
            PageKind.FAILED, PAGES.get(4),
            PageKind.TIMED_OUT, PAGES.get(5),
            PageKind.CONNECTION_ERROR, PAGES.get(6),
            PageKind.NOT_SENT, PAGES.get(7));

    private Palette() {}

    /** What users got, in the order in which charts stack it: the best at the bottom. */
    public static List<PageKind> pageKinds() {
        return List.of(
                PageKind.FULL,
                PageKind.DEGRADED,
                PageKind.REFUSED,
                PageKind.WRONG_BODY,
                PageKind.FAILED,
                PageKind.TIMED_OUT,
                PageKind.CONNECTION_ERROR,
                PageKind.NOT_SENT);
    }

    /** The colour of pages of a kind. */
    public static Swatch page(PageKind kind) {
        Swatch swatch = BY_KIND.get(kind);
        return swatch == null ? unknown(kind.name()) : swatch;
    }

    /** The known outcomes of attempts, in the order in which charts stack them. */
    public static List<Swatch> outcomes() {
        return OUTCOMES;
    }

    /** The states of circuit breakers. */
    public static List<Swatch> breakers() {
        return BREAKERS;
    }

    /** The colour of a breaker's state; grey when the state is unknown. */
    public static Swatch breaker(String state) {
        return BREAKERS.stream()
                .filter(swatch -> swatch.key().equals(state))
                .findFirst()
                .orElseGet(() -> unknown(state));
    }

    /** The colour of a variant, where variants are compared. There are seven; further variants differ by their dashes. */
    public static Swatch variant(int index) {
        return VARIANTS.get(index % VARIANTS.size());
    }

    /** How often {@link #variant} began anew before this variant: the number of its dash pattern, 0 being a solid line. */
    public static int dash(int index) {
        return index / VARIANTS.size();
    }

    /** The colour of something that this class has not heard of. */
    public static Swatch unknown(String key) {
        return new Swatch(key, key.toLowerCase(Locale.ROOT).replace('_', ' '), GREY, GREY);
    }
}

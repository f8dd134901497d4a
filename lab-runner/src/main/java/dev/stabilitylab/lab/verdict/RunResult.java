package dev.stabilitylab.lab.verdict;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a run, and the shape of {@code result.json}. A figure that does not exist, such as the latency of no page at all, is null.
 *
 * @param simulation the script's name
 * @param world where it ran, e.g. {@code local}
 * @param environment what it ran on: machine, JDK, versions
 * @param held whether every expectation held
 */
public record RunResult(
        String simulation, String world, Map<String, Object> environment, boolean held, List<VariantResult> variants) {

    /** Of all variants, in their order. */
    public List<ExpectationResult> expectations() {
        return variants.stream()
                .flatMap(variant -> variant.expectations().stream())
                .toList();
    }

    /** How many expectations held. */
    public int expectationsHeld() {
        return (int) expectations().stream().filter(ExpectationResult::held).count();
    }

    /**
     * How one variant fared.
     *
     * @param breakersOpenAfterMs from the first fault until every instance's breaker to the watched upstreams was open; null when that never happened
     * @param breakersClosedAfterMs from the last heal until all of them were closed again; null when that never happened
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record VariantResult(
            String name,
            List<PhaseFigures> phases,
            @Nullable Double breakersOpenAfterMs,
            @Nullable Double breakersClosedAfterMs,
            List<ExpectationResult> expectations) {}

    /**
     * Figures of one phase: of the pages that ended in it.
     *
     * @param rate pages a second that users could look at, full or degraded
     * @param availability share of pages, refused ones aside, that users could look at, 0 to 1
     * @param degraded share of pages, refused ones aside, that were degraded, 0 to 1
     * @param attemptsPerPage attempts to the watched upstreams, as the homepage instances count them, by pages asked for
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record PhaseFigures(
            String name,
            double rate,
            @Nullable Double availability,
            @Nullable Double degraded,
            @Nullable Double p50Ms,
            @Nullable Double p99Ms,
            @Nullable Double maxMs,
            @Nullable Double attemptsPerPage) {}

    /**
     * Whether an expectation held.
     *
     * @param text the script's words
     * @param measured the figures on both sides, e.g. {@code 4.2/s < 21.3/s}, or why there are none
     */
    public record ExpectationResult(String text, boolean held, String measured) {}
}

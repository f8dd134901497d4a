package dev.stabilitylab.lab.report.terminal;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a run stands.
 *
 * @param variant the variant that runs
 * @param index of it, from 1
 * @param count of all variants
 * @param elapsed of the variant
 * @param duration of the variant, warm-up and all, if the elapsed time has it
 * @param phase the phase or phases at this moment, or what else goes on, e.g. {@code warm-up}; may be empty
 * @param pagesPerSecond pages that users could look at
 * @param availability share of pages that users could look at, 0 to 1; null while there are no pages
 * @param breakers state by instance of the breaker to the watched upstream; empty without breakers
 */
public record LiveStatus(
        String variant,
        int index,
        int count,
        Duration elapsed,
        Duration duration,
        String phase,
        double pagesPerSecond,
        @Nullable Double availability,
        Map<String, String> breakers) {

    /**
     * The same in one of several runs, whose number then stands before the variant.
     *
     * @param run from 1
     */
    public LiveStatus inRun(int run, int runs) {
        return new LiveStatus(
                "run %d of %d: %s".formatted(run, runs, variant),
                index,
                count,
                elapsed,
                duration,
                phase,
                pagesPerSecond,
                availability,
                breakers);
    }
}

package dev.stabilitylab.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stabilitylab.systemtests.PanelFields.Range;
import dev.stabilitylab.systemtests.PrometheusApi.Series;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Asks an expression over the time of an outage, and judges what comes.
 *
 * @param where it stands, for people
 * @param ranges what the values of a series may be, by its labels
 */
record ExpressionCheck(
        ScrapedOutage outage,
        String where,
        String expression,
        Duration step,
        Function<Map<String, String>, Range> ranges) {

    void run() {
        // Each part alone too: an expression may have something else to show where a part of it finds nothing.
        for (String selector : PromExpression.selectors(expression)) {
            assertThat(outage.range(selector, step))
                    .as("%s: series of %s in %s", where, selector, expression)
                    .isNotEmpty();
        }
        List<Series> all = outage.range(expression, step);
        assertThat(all).as("%s: series of %s", where, expression).isNotEmpty();
        assertThat(all)
                .as("%s: numbers from %s", where, expression)
                .anyMatch(series -> series.values().stream().anyMatch(value -> !value.isNaN()));
        assertThat(outOfRange(all))
                .as("%s: values of %s out of range", where, expression)
                .isEmpty();
    }

    /** NaN is a gap in a graph; infinity is nothing that a graph could show. */
    private List<String> outOfRange(List<Series> all) {
        List<String> outside = new ArrayList<>();
        for (Series series : all) {
            Range range = ranges.apply(series.labels());
            series.values().stream()
                    .filter(value -> !value.isNaN())
                    .filter(value -> value.isInfinite() || !range.contains(value))
                    .forEach(value ->
                            outside.add("%s of %s; it must be in %s".formatted(value, series.labels(), range)));
        }
        return outside;
    }
}

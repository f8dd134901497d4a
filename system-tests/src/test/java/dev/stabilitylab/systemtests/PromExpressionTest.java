package dev.stabilitylab.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PromExpressionTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "up == 0; up",
                "absent(up{job=\"homepage\"}); up",
                "sum by (job, le) (rate(a_bucket{outcome!=\"refused\"}[10s])) >= 0; a_bucket",
                "histogram_quantile(0.99, sum(rate(a_bucket[$__rate_interval])) by (le)); a_bucket",
                "job:a:rate5s{outcome=~\"full|degraded\"} / on (job) group_left (x) (b_total offset 5m > 0); b_total,job:a:rate5s",
                "a and b or c unless d; a,b,c,d",
                "label_replace(2 * a{state=~\"open\"} or b, \"upstream\", \"$1\", \"name\", \"(.*)\"); a,b",
                "increase(a[$__range]) / $__range_s * 1e3 + 5; a",
                "a{x=\"}\"} + b; a,b"
            })
    void knowsTheMetricsOfAnExpression(String expression, String metrics) {
        assertThat(PromExpression.metrics(expression)).containsExactly(metrics.split(","));
    }

    @Test
    void knowsWhatAnExpressionAsksOfLabels() {
        assertThat(PromExpression.selectors(
                        "sum by (x) (rate(a_total{x=~\"$x\", y!=\"}\"}[5m])) / on (x) b or c{} and max(a_total)"))
                .containsExactly("a_total{x=~\"$x\", y!=\"}\"}", "b", "c{}", "a_total");
    }

    @Test
    void refusesAMetricThatIsNamedByAPattern() {
        assertThatThrownBy(() -> PromExpression.metrics("{__name__=~\"a.*\"}"))
                .hasMessage("{__name__=~\"a.*\"} names its metric by a pattern");
    }
}

package dev.stabilitylab.lab.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrometheusTextTest {

    @Test
    void readsSamplesAndLeavesOutComments() {
        assertThat(PrometheusText.parse("""
                # HELP calls_total How many {calls}
                # TYPE calls_total counter
                calls_total{upstream="popularity",outcome="success"} 12.0

                up 1 1395066363000
                spaced { a = "b" , c = "d", }\t2
                """))
                .containsExactly(
                        new MetricSample("calls_total", Map.of("upstream", "popularity", "outcome", "success"), 12),
                        new MetricSample("up", Map.of(), 1),
                        new MetricSample("spaced", Map.of("a", "b", "c", "d"), 2));
    }

    @Test
    void readsNothingFromNothing() {
        assertThat(PrometheusText.parse("")).isEmpty();
    }

    @Test
    void readsEscapesInLabels() {
        assertThat(PrometheusText.parse("a{path=\"C:\\\\DIR\\nsays \\\"}, {\\\"\",b=\"\"} 1"))
                .singleElement()
                .extracting(MetricSample::labels)
                .isEqualTo(Map.of("path", "C:\\DIR\nsays \"}, {\"", "b", ""));
    }

    @ParameterizedTest
    @CsvSource({
        "1.458255915e9, 1458255915",
        "1E3, 1000",
        "-2.5e-1, -0.25",
        "+3, 3",
        ".5, 0.5",
        "NaN, NaN",
        "+Inf, Infinity",
        "-Inf, -Infinity"
    })
    void readsNumbers(String text, double value) {
        assertThat(PrometheusText.parse("a " + text))
                .singleElement()
                .extracting(MetricSample::value)
                .isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html>",
                "a",
                "a{b=\"c\"}",
                "1a 1",
                "a{b=\"c} 1",
                "a{b=c} 1",
                "a{b=\"c\" d=\"e\"} 1",
                "a{b=\"c\",b=\"d\"} 1",
                "a{b=\"\\t\"} 1",
                "a{,} 1",
                "a one",
                "a 1f",
                "a 0x1p3",
                "a 1 2 3",
                "a 1 2.5"
            })
    void refusesOtherLinesAndSaysWhich(String line) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PrometheusText.parse("ok 1\n" + line + "\n"))
                .withMessageContaining("line 2 of the metrics is '" + line + "'");
    }

    @Test
    void takesALabelThatIsNotThereForAnEmptyOne() {
        assertThat(new MetricSample("a", Map.of(), 1).label("upstream")).isEmpty();
    }
}

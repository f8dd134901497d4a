package dev.stabilitylab.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GrafanaVariablesTest {

    private static final Map<String, List<String>> VALUES = Map.of(
            "job up", List.of("auth", "homepage"),
            "instance up{job=\"auth\"}", List.of("10.0.0.1:8000"),
            "instance up{job=\"homepage\"}", List.of("10.0.0.2:8001", "10.0.0.3:8001"),
            "instance up", List.of("10.0.0.1:8000", "10.0.0.2:8001", "10.0.0.3:8001"),
            "upstream api_client_calls_seconds_count", List.of("auth", "popularity"));

    private static final GrafanaInterval INTERVAL = GrafanaInterval.of(Duration.ofSeconds(90), "");

    private final DashboardFile dashboard = DashboardFile.read(DashboardFileTest.sample());

    @Test
    void chooseAllWhereThatIsOfferedAndEachValueElsewhere() {
        List<GrafanaSelection> selections = selections(VALUES);

        assertThat(selections)
                .extracting(GrafanaSelection::toString)
                .hasSize(2 * 2 * 2)
                .contains(
                        "[job=auth, instance=10.0.0.1:8000, port=8000, quantile=0.5, upstream=.+]",
                        "[job=homepage, instance=10.0.0.2:8001|10.0.0.3:8001, port=8001, quantile=0.99, upstream=.+]");
    }

    @Test
    void areWrittenAsAPatternOnlyWhereMoreThanOneCanBeChosen() {
        GrafanaSelection homepage = selections(VALUES).get(selections(VALUES).size() - 1);

        String replaced = homepage.replaceIn(
                "up{job=\"$job\", instance=~\"${instance}\", upstream=~\"[[upstream]]\"} > ${quantile:raw}", INTERVAL);

        assertThat(replaced)
                .isEqualTo("up{job=\"homepage\", instance=~\"(10\\\\.0\\\\.0\\\\.2:8001|10\\\\.0\\\\.0\\\\.3:8001)\","
                        + " upstream=~\".+\"} > 0.99");
    }

    @Test
    void needNoBracketsAroundTheOnlyValue() {
        GrafanaSelection auth = selections(VALUES).get(0);

        assertThat(auth.replaceIn("up{instance=~\"$instance\"}", INTERVAL))
                .isEqualTo("up{instance=~\"10\\\\.0\\\\.0\\\\.1:8000\"}");
    }

    @Test
    void leaveTheGroupsOfLabelReplaceAlone() {
        String expression = "label_replace(up, \"a\", \"$1\", \"b\", \"(.*)\")";

        assertThat(GrafanaSelection.NOTHING.replaceIn(expression, INTERVAL)).isEqualTo(expression);
    }

    @Test
    void includeTheIntervalsOfTheGraph() {
        String replaced = GrafanaSelection.NOTHING.replaceIn(
                "a[$__rate_interval] b[$__interval] c[$__range] $__range_s $__interval_ms", INTERVAL);

        assertThat(replaced).isEqualTo("a[4000ms] b[1000ms] c[90000ms] 90 1000");
    }

    @Test
    void makeTheRateIntervalFourTimesTheMinStep() {
        GrafanaInterval interval = GrafanaInterval.of(Duration.ofSeconds(90), "5s");

        assertThat(interval.step()).isEqualTo(Duration.ofSeconds(5));
        assertThat(interval.rate()).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void areNamedWhenTheyAreNotThere() {
        assertThatThrownBy(() -> GrafanaSelection.NOTHING.replaceIn("up{job=\"$job\"}", INTERVAL))
                .hasMessage("there is no variable $job; there are []");
    }

    @Test
    void areNamedWhenTheyHaveNoValues() {
        assertThatThrownBy(() -> selections(Map.of()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("variable job has no values where [] are chosen");
    }

    private List<GrafanaSelection> selections(Map<String, List<String>> values) {
        return new GrafanaVariables((label, selector) -> values.getOrDefault(label + " " + selector, List.of()))
                .selections(dashboard.variables());
    }
}

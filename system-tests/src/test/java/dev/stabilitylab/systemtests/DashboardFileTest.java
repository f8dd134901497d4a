package dev.stabilitylab.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stabilitylab.systemtests.DashboardFile.Query;
import dev.stabilitylab.systemtests.DashboardFile.Variable;
import dev.stabilitylab.systemtests.PanelFields.Range;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DashboardFileTest {

    private static final double INFINITE = Double.POSITIVE_INFINITY;

    private final DashboardFile dashboard = DashboardFile.read(sample());

    @Test
    void findsTheQueriesOfPanelsOfPanelsInRowsAndOfAnnotationsFromPrometheus() {
        List<Query> queries = dashboard.queries();

        assertThat(queries)
                .extracting(Query::source)
                .containsExactly(
                        "sample-dashboard.json, \"Most pages are there\" A",
                        "sample-dashboard.json, \"Most pages are there\" B",
                        "sample-dashboard.json, \"Pages take this long\" A",
                        "sample-dashboard.json, annotation \"Restarts\"");
        assertThat(queries)
                .extracting(Query::expression)
                .contains("sum(rate(up[$__rate_interval]))", "changes(process_start_time_seconds[$__interval]) > 0");
        assertThat(queries).extracting(Query::minStep).containsExactly("", "5s", "", "5s");
    }

    @Test
    void knowsTheVariablesInTheirOrder() {
        assertThat(dashboard.variables())
                .extracting(Variable::name)
                .containsExactly("job", "instance", "port", "quantile", "upstream");
    }

    @Test
    void takesAPanelsLimitsAndZeroAsTheLeastShare() {
        assertThat(range(0, Map.of("state", "closed", "instance", "a"))).isEqualTo(new Range(0, 1));
    }

    @Test
    void prefersTheLimitsOfAnOverrideForAQueryOrAName() {
        assertThat(range(1, Map.of())).isEqualTo(new Range(-INFINITE, 7));
        assertThat(range(0, Map.of("state", "open", "instance", "a"))).isEqualTo(new Range(-1, 1));
        assertThat(range(0, Map.of("state", "half", "instance", "b"))).isEqualTo(new Range(0, 0.5));
    }

    @Test
    void takesTheCellsOfAHeatmapForCounts() {
        assertThat(range(2, Map.of("le", "0.5"))).isEqualTo(new Range(0, INFINITE));
    }

    @Test
    void expectsNothingOfAnAnnotationsValues() {
        assertThat(range(3, Map.of())).isEqualTo(new Range(-INFINITE, INFINITE));
    }

    @Test
    void namesThePanelWhoseQueryIsEmpty(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("broken.json"), """
                {"panels": [{"title": "Nothing", "datasource": {"type": "prometheus"}, "targets": [{"refId": "A"}]}]}
                """);

        assertThatThrownBy(() -> DashboardFile.read(file).queries())
                .hasMessage("broken.json, \"Nothing\" A has no expression");
    }

    private Range range(int query, Map<String, String> labels) {
        return dashboard.queries().get(query).fields().range(labels);
    }

    static Path sample() {
        try {
            return Path.of(Objects.requireNonNull(DashboardFileTest.class.getResource("sample-dashboard.json"))
                    .toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}

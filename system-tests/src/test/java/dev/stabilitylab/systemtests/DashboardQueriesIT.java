package dev.stabilitylab.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.stabilitylab.systemtests.DashboardFile.Query;
import dev.stabilitylab.systemtests.PanelFields.Range;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every expression of every dashboard and of every rule, asked of a real Prometheus that watched real outages: an expression that is
 * valid may yet show nothing, because a name or a label in it is not what the services have.
 *
 * <p>This holds for alerts too, without any allowance: the outages, the end of the services and the empty list of instances after it
 * give each of them its reason. The windows of the error budget hold nothing but these two minutes, so that all of them burn.
 */
@Timeout(600)
class DashboardQueriesIT {

    /** Prometheus looks once a second, and misses a look or two when all processors are busy; a second is 3 % of the recording. */
    private static final double THREE_PERCENTAGE_POINTS = 0.03;

    private static final double LAST_BUCKET_SECONDS = 10;
    private static final Duration A_SECOND = Duration.ofSeconds(1);
    private static final double INFINITE = Double.POSITIVE_INFINITY;

    @TempDir
    private static Path directory;

    @SuppressWarnings("NullAway.Init") // before all tests
    private static ScrapedOutage outage;

    @BeforeAll
    @Timeout(600)
    static void play() throws Exception {
        outage = ScrapedOutage.play(directory);
    }

    @AfterAll
    @SuppressWarnings("NullAway") // null when the play failed
    static void end() {
        if (outage != null) {
            outage.close();
        }
    }

    @Test
    void thereAreDashboards() {
        assertThat(DashboardFile.all()).isNotEmpty();
    }

    @TestFactory
    Stream<DynamicTest> everyPanelHasDataInItsRange() {
        GrafanaVariables variables = new GrafanaVariables(outage::labelValues);
        return DashboardFile.all().stream()
                .flatMap(dashboard -> variables.selections(dashboard.variables()).stream()
                        .flatMap(selection -> dashboard.queries().stream()
                                .map(query -> dynamicTest(query + " " + selection, () -> check(query, selection)))));
    }

    private static void check(Query query, GrafanaSelection selection) {
        GrafanaInterval interval = GrafanaInterval.of(outage.length(), query.minStep());
        String expression = selection.replaceIn(query.expression(), interval);
        new ExpressionCheck(outage, query.source(), expression, interval.step(), query.fields()::range).run();
    }

    @TestFactory
    Stream<DynamicTest> everyRuleHasDataInItsRange() {
        return Rule.all().stream()
                .map(rule -> dynamicTest(rule.toString(), () -> {
                    Range range = range(rule);
                    new ExpressionCheck(outage, rule.name(), rule.expression(), A_SECOND, labels -> range).run();
                }));
    }

    @TestFactory
    Stream<DynamicTest> everyRuleWasRecordedAndEveryAlertFired() {
        return Rule.all().stream()
                .map(rule -> dynamicTest(rule.toString(), () -> {
                    String result = result(rule);
                    assertThat(outage.range(result, A_SECOND)).as(result).isNotEmpty();
                }));
    }

    @Test
    void prometheusComputesTheAvailabilityThatTheLabsClientsFelt() {
        double available = outage.pages("full|degraded") / outage.pages("full|degraded|failed");

        assertThat(available).isCloseTo(outage.felt("availability"), within(THREE_PERCENTAGE_POINTS));
    }

    @Test
    void prometheusComputesTheShareOfDegradedPagesThatTheLabsClientsFelt() {
        double degraded = outage.pages("degraded") / outage.pages("full|degraded|failed");

        assertThat(degraded).isCloseTo(outage.felt("degraded"), within(THREE_PERCENTAGE_POINTS));
    }

    @Test
    void pagesAreDegradedWithoutRecommendationsAndUnavailableWithoutAuth() {
        assertThat(all("job:homepage_pages_degraded:ratio_rate5s").max().orElseThrow())
                .isGreaterThan(0.9);
        assertThat(all("job:homepage_pages_available:ratio_rate5s").max().orElseThrow())
                .isGreaterThan(0.9);
        assertThat(all("job:homepage_pages_available:ratio_rate5s").min().orElseThrow())
                .isLessThan(0.1);
    }

    @Test
    void breakersOpenProbeAndClose() {
        assertThat(all("instance_upstream:circuit_breaker_state:code{job=\"homepage\",upstream=\"recommendations\"}")
                        .distinct()
                        .sorted())
                .containsExactly(0.0, 1.0, 2.0);
    }

    @Test
    void theFaultInjectorTellsWhatItDoesAndDid() {
        assertThat(all("fault_injector_proxy_enabled{proxy=\"recommendations\"}")
                        .distinct()
                        .sorted())
                .containsExactly(0.0, 1.0);
        // The lab's timeline is a schedule.
        assertThat(all("fault_injector_schedule_events{state=\"pending\"}").max())
                .hasValue(6);
        for (String type : List.of("latency", "http_latency")) {
            String toxic = "{proxy=\"popularity\",stream=\"downstream\",type=\"%s\"}".formatted(type);
            assertThat(all("fault_injector_toxics_in_effect" + toxic).distinct().sorted())
                    .containsExactly(0.0, 1.0);
            assertThat(all("rate(fault_injector_connections_hit_total" + toxic + "[5s])")
                            .max()
                            .orElseThrow())
                    .as("connections hit by %s, from the first one on", type)
                    .isPositive();
        }
        assertThat(all("rate(fault_injector_requests_hit_total{proxy=\"popularity\",type=\"http_latency\"}[5s])")
                        .max()
                        .orElseThrow())
                .isPositive();
    }

    private static DoubleStream all(String expression) {
        return outage.range(expression, A_SECOND).stream()
                .flatMap(series -> series.values().stream())
                .mapToDouble(Double::doubleValue);
    }

    /** What the values of a rule can be, by what its name says was done. */
    private static Range range(Rule rule) {
        String name = rule.name();
        if (name.contains("pages_") && name.contains(":ratio_")) {
            return new Range(0, 1);
        }
        if (name.contains("_seconds:")) {
            return new Range(0, LAST_BUCKET_SECONDS);
        }
        if (name.endsWith("state:code")) {
            return new Range(0, 2);
        }
        return new Range(0, INFINITE);
    }

    /** What a rule leaves in Prometheus. */
    private static String result(Rule rule) {
        Map<String, String> labels = new LinkedHashMap<>(rule.labels());
        if (rule.isAlert()) {
            labels.put("alertname", rule.name());
            labels.put("alertstate", "firing");
        }
        return labels.entrySet().stream()
                .map(label -> "%s=\"%s\"".formatted(label.getKey(), label.getValue()))
                .collect(Collectors.joining(",", rule.isAlert() ? "ALERTS{" : rule.name() + "{", "}"));
    }
}

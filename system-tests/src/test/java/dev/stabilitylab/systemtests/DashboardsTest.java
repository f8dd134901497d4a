package dev.stabilitylab.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The dashboards' files, as far as that can be told without Grafana. {@link DashboardRuleTest} shows that each rule can be broken. */
class DashboardsTest {

    private final List<GrafanaDashboard> dashboards = GrafanaDashboard.all();

    @Test
    void areFour() {
        assertThat(dashboards)
                .extracting(GrafanaDashboard::uid)
                .containsExactly(
                        "stability-availability",
                        "stability-fault-injector",
                        "stability-gateway",
                        "stability-services");
    }

    @TestFactory
    Stream<DynamicTest> keep() {
        return dashboards.stream()
                .flatMap(dashboard -> Arrays.stream(DashboardRule.values())
                        .map(rule -> DynamicTest.dynamicTest(
                                dashboard + " " + rule,
                                () -> assertThat(rule.violations(dashboard)).isEmpty())));
    }

    @Test
    void giveTheSameThingTheSameColour() {
        assertThat(DashboardColours.ambiguous(dashboards)).isEmpty();
    }
}

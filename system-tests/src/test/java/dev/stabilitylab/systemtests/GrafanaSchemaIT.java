package dev.stabilitylab.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The dashboards' files against Grafana's own types, and against the program that writes them. Both need npm. */
class GrafanaSchemaIT {

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Path GRAFANA = Project.file("grafana");

    private final Tool npm = Tool.require("npm");

    @Test
    void dashboardsAreWhatGrafanasTypesSayAndWhatTheirProgramWrites() throws Exception {
        Tool.Result installed = npm.run(GRAFANA, LIMIT, "ci");
        assertThat(installed.status()).as(installed.output()).isZero();

        Tool.Result tested = npm.run(GRAFANA, LIMIT, "test");

        assertThat(tested.status()).as(tested.output()).isZero();
        assertThat(tested.output())
                .contains("availability.json", "fault-injector.json", "gateway.json", "services.json");
    }
}

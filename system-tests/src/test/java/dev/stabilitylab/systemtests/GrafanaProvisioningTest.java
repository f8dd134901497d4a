package dev.stabilitylab.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What Grafana is given at its start. */
class GrafanaProvisioningTest {

    @Test
    void thereIsOneDataSourceAndDashboardsNameItByItsUid() throws Exception {
        assertThat(list("datasources/prometheus.yml", "datasources"))
                .singleElement()
                .satisfies(source -> assertThat(source)
                        .containsEntry("uid", DashboardQueries.PROMETHEUS)
                        .containsEntry("type", "prometheus")
                        .containsEntry("url", "http://prometheus:9090")
                        .containsEntry("isDefault", true));
    }

    @Test
    void stepsAreAsShortAsTheTimeBetweenTwoScrapes() throws Exception {
        assertThat(list("datasources/prometheus.yml", "datasources"))
                .singleElement()
                .extracting(source -> source.get("jsonData"))
                .isInstanceOfSatisfying(
                        Map.class,
                        settings -> assertThat(settings.get("timeInterval")).isEqualTo("1s"));
    }

    @Test
    void dashboardsComeFromFilesAndStayAsTheyAre() throws Exception {
        assertThat(list("dashboards/stability-lab.yml", "providers"))
                .singleElement()
                .satisfies(provider -> assertThat(provider)
                        .containsEntry("type", "file")
                        .containsEntry("allowUiUpdates", false)
                        .containsEntry("options", Map.of("path", "/etc/grafana/dashboards")));
    }

    /** The one part of the compose file that no machine without Grafana's image can start. */
    @Test
    void theComposeFileGivesGrafanaWhatItNeeds() throws Exception {
        YamlMap grafana = ComposeFile.parse(Files.readString(Project.file("docker-compose.yml")))
                .find("grafana")
                .orElseThrow()
                .settings();
        YamlMap environment = grafana.map("environment");
        Map<String, String> mounts = new HashMap<>();
        for (String volume : grafana.list("volumes")) {
            mounts.put(volume.split(":", 3)[1], volume.split(":", 3)[0]);
        }

        assertThat(mounts)
                .containsEntry("/etc/grafana/provisioning", "./grafana/provisioning")
                .containsEntry("/etc/grafana/dashboards", "./grafana/dashboards")
                .containsKey("/var/lib/grafana");
        assertThat(environment.text("GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH"))
                .isEqualTo("/etc/grafana/dashboards/availability.json");
        assertThat(Project.file("grafana/dashboards/availability.json")).exists();
        // The lab annotates without logging in, which viewers may not; dashboards refresh faster than Grafana's default
        // allows.
        assertThat(environment.text("GF_AUTH_ANONYMOUS_ENABLED")).isEqualTo("true");
        assertThat(environment.text("GF_AUTH_ANONYMOUS_ORG_ROLE")).isEqualTo("Editor");
        assertThat(environment.text("GF_DASHBOARDS_MIN_REFRESH_INTERVAL")).isEqualTo("1s");
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> list(String file, String key) throws IOException {
        try (Reader reader =
                Files.newBufferedReader(Project.file("grafana/provisioning").resolve(file))) {
            Map<String, Object> content = new Yaml(new SafeConstructor(new LoaderOptions())).load(reader);
            return (List<Map<String, Object>>) content.getOrDefault(key, List.of());
        }
    }
}

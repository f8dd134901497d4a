package dev.stabilitylab.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
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

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> list(String file, String key) throws IOException {
        try (Reader reader =
                Files.newBufferedReader(Project.file("grafana/provisioning").resolve(file))) {
            Map<String, Object> content = new Yaml(new SafeConstructor(new LoaderOptions())).load(reader);
            return (List<Map<String, Object>>) content.getOrDefault(key, List.of());
        }
    }
}

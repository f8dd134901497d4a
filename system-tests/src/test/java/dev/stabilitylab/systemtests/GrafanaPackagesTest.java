package dev.stabilitylab.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the programs around the dashboards are made with. */
class GrafanaPackagesTest {

    @ParameterizedTest
    @ValueSource(strings = {"grafana", "grafana/draw"})
    void areOfOneVersionEach(String directory) throws Exception {
        JsonNode versions = read(directory + "/package.json").path("devDependencies");

        assertThat(versions.properties()).isNotEmpty();
        assertThat(versions.properties())
                .extracting(Map.Entry::getValue)
                .allSatisfy(version -> assertThat(version.asText()).matches("\\d+\\.\\d+\\.\\d+"));
    }

    /** Whoever installs them asks the registry that is set up there. */
    @ParameterizedTest
    @ValueSource(strings = {"grafana", "grafana/draw"})
    void haveChecksumsButNoAddresses(String directory) throws Exception {
        JsonNode packages = read(directory + "/package-lock.json").path("packages");

        assertThat(packages.properties()).hasSizeGreaterThan(1);
        packages.properties().stream()
                .filter(entry -> !entry.getKey().isEmpty())
                .forEach(entry -> {
                    assertThat(entry.getValue().has("resolved"))
                            .as("%s has an address", entry.getKey())
                            .isFalse();
                    assertThat(entry.getValue().path("integrity").asText())
                            .as("checksum of %s", entry.getKey())
                            .startsWith("sha512-");
                });
    }

    private static JsonNode read(String file) throws IOException {
        return new ObjectMapper().readTree(Project.file(file).toFile());
    }
}

package dev.stabilitylab.lab.world.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.stabilitylab.lab.script.Simulation.SystemSpec;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BlueprintTest {

    @Test
    void numbersTheHomepagesAndTheirPorts() {
        Blueprint blueprint = new Blueprint(new SystemSpec(3, Map.of()), new Ports(0));

        assertThat(blueprint.parts())
                .extracting(PartSpec::name, part -> part.baseUrl().getPort())
                .contains(tuple("homepage-1", 8001), tuple("homepage-2", 8011), tuple("homepage-3", 8021));
    }

    @Test
    void sendsEveryCallThroughTheInjector() {
        Blueprint blueprint = new Blueprint(new SystemSpec(1, Map.of()), new Ports(100));

        assertThat(part(blueprint, "homepage-1").arguments())
                .contains(
                        "--server.port=8101",
                        "--management.server.port=9101",
                        "--management.server.address=127.0.0.1",
                        "--api-client.upstreams.auth.base-url=http://127.0.0.1:18100",
                        "--api-client.upstreams.recommendations.base-url=http://127.0.0.1:18102",
                        "--api-client.upstreams.popularity.base-url=http://127.0.0.1:18103",
                        "--api-client.policy-switching=true",
                        "--service-kit.stop-when-orphaned=true");
        assertThat(part(blueprint, "popularity").arguments())
                .contains("--api-client.upstreams.auth.base-url=http://127.0.0.1:18100")
                .noneMatch(argument -> argument.contains("recommendations"));
        assertThat(part(blueprint, "fault-injector").arguments())
                .containsSubsequence("--port", "8574", "--stop-when-orphaned")
                .contains("recommendations=127.0.0.1:18102,127.0.0.1:8102");
    }

    @Test
    void passesSettingsOnToEveryInstance() {
        Map<String, Map<String, String>> settings = Map.of("homepage", Map.of("homepage.fan-out", "32"));

        Blueprint blueprint = new Blueprint(new SystemSpec(2, settings), new Ports(0));

        assertThat(part(blueprint, "homepage-2").arguments()).contains("--homepage.fan-out=32");
        assertThat(part(blueprint, "auth").arguments()).doesNotContain("--homepage.fan-out=32");
    }

    @Test
    void refusesSettingsOfAServiceThatDoesNotExist() {
        SystemSpec system = new SystemSpec(1, Map.of("homepages", Map.of()));

        assertThatThrownBy(() -> new Blueprint(system, new Ports(0)))
                .hasMessage("There are settings for a service homepages;"
                        + " the services are auth, homepage, recommendations, popularity.");
    }

    @Test
    void refusesSettingsThatTheLabDependsOn() {
        SystemSpec system = new SystemSpec(1, Map.of("auth", Map.of("server.port", "9000")));

        assertThatThrownBy(() -> new Blueprint(system, new Ports(0)).parts())
                .hasMessage("The setting server.port of auth cannot be changed: the lab sets it to 8000.");
    }

    private static PartSpec part(Blueprint blueprint, String name) {
        return blueprint.parts().stream()
                .filter(part -> part.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}

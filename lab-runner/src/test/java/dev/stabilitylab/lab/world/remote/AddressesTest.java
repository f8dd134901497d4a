package dev.stabilitylab.lab.world.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stabilitylab.lab.world.WorldException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {

    @TempDir
    private Path directory;

    @Test
    void knowsWhereTheLocalWorldPutsThings() {
        Addresses addresses = Addresses.read(null, Map.of(), 0);

        assertThat(addresses.homepages())
                .extracting(pattern -> pattern.baseUrl().toString())
                .startsWith("http://127.0.0.1:8001", "http://127.0.0.1:8011")
                .endsWith("http://127.0.0.1:8071")
                .hasSize(8);
        assertThat(addresses.homepages()).noneMatch(HomepagePattern::required);
        assertThat(addresses.injector()).isEqualTo(URI.create("http://127.0.0.1:8474"));
        assertThat(addresses.services())
                .isEqualTo(Map.of(
                        "auth", URI.create("http://127.0.0.1:8000"),
                        "recommendations", URI.create("http://127.0.0.1:8002"),
                        "popularity", URI.create("http://127.0.0.1:8003")));
        assertThat(addresses.grafana()).isEqualTo(URI.create("http://127.0.0.1:3000"));
    }

    @Test
    void followsThePortOffsetOfTheLocalWorld() {
        Addresses addresses = Addresses.read(null, Map.of(), 500);

        assertThat(addresses.homepages().get(0).baseUrl()).isEqualTo(URI.create("http://127.0.0.1:8501"));
        assertThat(addresses.injector()).isEqualTo(URI.create("http://127.0.0.1:8974"));
        assertThat(addresses.services()).containsEntry("recommendations", URI.create("http://127.0.0.1:8502"));
    }

    @Test
    void readsAFile() throws IOException {
        Path file = file("""
                # a comment
                homepages: http://one:8001, http://two:8001/
                fault-injector = http://broken:8474
                grafana =
                """);

        Addresses addresses = Addresses.read(file, Map.of(), 0);

        assertThat(addresses.homepages())
                .containsExactly(
                        new HomepagePattern(URI.create("http://one:8001"), true),
                        new HomepagePattern(URI.create("http://two:8001/"), true));
        assertThat(addresses.injector()).isEqualTo(URI.create("http://broken:8474"));
        assertThat(addresses.grafana()).isNull();
    }

    @Test
    void takesWhatTheEnvironmentSaysOverTheFile() throws IOException {
        Path file = file("homepages: http://one:8001\nfault-injector: http://one:8474");

        Addresses addresses = Addresses.read(file, Map.of("LAB_FAULT_INJECTOR", "http://two:8474"), 0);

        assertThat(addresses.homepages().get(0).baseUrl()).isEqualTo(URI.create("http://one:8001"));
        assertThat(addresses.injector()).isEqualTo(URI.create("http://two:8474"));
    }

    @Test
    void takesTheServicesBehindTheHomepagesFromWhereverEachIsNamed() throws IOException {
        Path file = file("auth: http://auth:8000\nrecommendations: http://recommendations:8002");

        Addresses addresses = Addresses.read(file, Map.of("LAB_RECOMMENDATIONS", "http://other:8002"), 0);

        assertThat(addresses.services())
                .isEqualTo(Map.of(
                        "auth", URI.create("http://auth:8000"),
                        "recommendations", URI.create("http://other:8002"),
                        "popularity", URI.create("http://127.0.0.1:8003")));
    }

    @Test
    void takesARangeOfPortsForPlacesWhereAnInstanceMayBe() {
        Addresses addresses = homepages("http://10.0.0.1:8011-8013");

        assertThat(addresses.homepages())
                .containsExactly(
                        new HomepagePattern(URI.create("http://10.0.0.1:8011"), false),
                        new HomepagePattern(URI.create("http://10.0.0.1:8012"), false),
                        new HomepagePattern(URI.create("http://10.0.0.1:8013"), false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "homepage:8001",
                "ftp://homepage:8001",
                "http://",
                "http://homepage:0",
                "http://homepage:99999",
                "http://homepage:8001/home",
                "http://homepage:8001?x=1",
                "http://user:secret@homepage:8001",
                "http://home page:8001",
                "http://homepage:8001,,http://other:8001"
            })
    void refusesWhatIsNoAddressOfAServer(String value) {
        assertThatThrownBy(() -> homepages(value))
                .isInstanceOf(WorldException.class)
                .hasMessageStartingWith("LAB_HOMEPAGES is \"")
                .hasMessageContaining(
                        "it must be the address of a server, without a path, such as http://127.0.0.1:8001");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://homepage:64536", "http://homepage:64530-64540"})
    void refusesAPortThatLeavesNoRoomForTheManagementPort(String value) {
        assertThatThrownBy(() -> homepages(value))
                .isInstanceOf(WorldException.class)
                .hasMessage("LAB_HOMEPAGES is \"http://homepage:64536\"; its port must be at most 64535,"
                        + " since the management port is 1000 above it.");
    }

    @ParameterizedTest
    @CsvSource({
        "http://homepage:8018-8011",
        "http://homepage:1-101",
        "http://homepage:65530-65536",
        "http://homepage:0-5"
    })
    void refusesARangeThatIsNone(String value) {
        assertThatThrownBy(() -> homepages(value))
                .hasMessageStartingWith("LAB_HOMEPAGES is \"" + value + "\"; a range of ports must rise");
    }

    @Test
    void namesTheFileWhoseAddressIsBad() throws IOException {
        Path file = file("fault-injector: nowhere");

        assertThatThrownBy(() -> Addresses.read(file, Map.of(), 0))
                .hasMessageStartingWith("fault-injector in %s is \"nowhere\"".formatted(file));
    }

    @Test
    void refusesAKeyThatIsNotKnown() throws IOException {
        Path file = file("homepage: http://one:8001");

        assertThatThrownBy(() -> Addresses.read(file, Map.of(), 0))
                .hasMessage(
                        "%s has a key \"homepage\"; known are homepages, fault-injector, auth, recommendations, popularity, grafana."
                                .formatted(file));
    }

    @Test
    void saysWhichFileCannotBeRead() {
        Path missing = directory.resolve("missing.properties");

        assertThatThrownBy(() -> Addresses.read(missing, Map.of(), 0))
                .isInstanceOf(WorldException.class)
                .hasMessageContaining(missing.toString());
        assertThatThrownBy(() -> Addresses.read(directory, Map.of(), 0)).hasMessageContaining(directory.toString());
    }

    @Test
    void refusesAFileThatIsTooLarge() throws IOException {
        Path file = file("#".repeat(70_000));

        assertThatThrownBy(() -> Addresses.read(file, Map.of(), 0))
                .hasMessageContaining("has 70000 bytes; a file of addresses has at most 65536");
    }

    private static Addresses homepages(String value) {
        return Addresses.read(null, Map.of("LAB_HOMEPAGES", value), 0);
    }

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("system.properties"), text);
    }
}

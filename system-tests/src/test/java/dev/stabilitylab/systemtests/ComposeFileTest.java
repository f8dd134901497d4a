package dev.stabilitylab.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ComposeFileTest {

    private static final Dockerfile IMAGES = Dockerfile.parse("""
            ARG BASE=debian:12.5.0
            FROM ${BASE} AS checked
            HEALTHCHECK CMD ["/healthy"]
            FROM ${BASE} AS unchecked
            HEALTHCHECK NONE
            """);

    private static final String GOOD = """
            services:
              one:
                image: example/one:1.2.3
                build: {context: ., target: checked}
                read_only: true
                cap_drop: [ALL]
                security_opt: ["no-new-privileges:true"]
                mem_limit: 256m
                pids_limit: 200
                cpus: 1.0
                tmpfs: [/tmp:size=64m]
                stop_grace_period: 10s
                ports: ["127.0.0.1:8001:8001"]
            """;

    @Test
    void keepsToTheRules() throws IOException {
        Dockerfile images = Dockerfile.parse(Files.readString(Project.file("docker/Dockerfile")));

        assertThat(ComposeRules.broken(ours(), images)).isEmpty();
    }

    @Test
    void publishesTheFrontDoorTheControlApiTheDashboardsAndEachHomepage() throws IOException {
        assertThat(ours().services().stream().flatMap(service -> service.settings().list("ports").stream()))
                .containsExactlyInAnyOrder(
                        "127.0.0.1:8001:8001",
                        "127.0.0.1:8474:8474",
                        "127.0.0.1:9090:9090",
                        "127.0.0.1:3000:3000",
                        "127.0.0.1:3001:3000",
                        "127.0.0.1:8011-8018:8001");
    }

    @Test
    void usersAndWhatIsInsideMeetAtTheFrontDoorOnly() throws IOException {
        assertThat(ours().services().stream()
                        .filter(service -> networksOf(service).contains("users"))
                        .map(ComposeFile.Service::name))
                .containsExactlyInAnyOrder("fault-injector", "visitors");
        assertThat(networksOf(ours().find("visitors").orElseThrow())).containsExactly("users");
    }

    private static Collection<String> networksOf(ComposeFile.Service service) {
        Set<String> named = service.settings().map("networks").keys();
        return named.isEmpty() ? service.settings().list("networks") : named;
    }

    @ParameterizedTest
    @ValueSource(strings = {"homepage", "recommendations", "popularity"})
    void everyUpstreamIsCalledThroughTheFaultInjector(String caller) throws IOException {
        YamlMap environment = ours().find(caller).orElseThrow().settings().map("environment");

        assertThat(upstreamsOf(caller))
                .isNotEmpty()
                .allSatisfy(upstream -> assertThat(
                                environment.text(asVariable("api-client.upstreams.%s.base-url".formatted(upstream))))
                        .as("%s's base URL of %s", caller, upstream)
                        .startsWith("http://fault-injector:180"));
    }

    @Test
    void smallRecommendationsAreAsSmallAsTheScriptWantsThem() throws IOException {
        YamlMap wanted = YamlMap.parse(Files.readString(Project.file("simulations/too-many-retries.yml")))
                .map("system", "settings", "recommendations");
        YamlMap given = YamlMap.parse(Files.readString(Project.file("docker/small-recommendations.yml")))
                .map("services", "recommendations", "environment");

        assertThat(wanted.keys())
                .hasSameSizeAs(given.keys())
                .allSatisfy(property -> assertThat(given.text(asVariable(property)))
                        .as(property)
                        .isEqualTo(wanted.text(property)));
    }

    /** Spring Boot's name for a property in the environment. */
    private static String asVariable(String property) {
        return property.replace(".", "_").replace("-", "").toUpperCase(Locale.ROOT);
    }

    @ParameterizedTest
    @CsvSource({
        "auth, SERVICEKIT_FAULTSWITCHING",
        "recommendations, SERVICEKIT_FAULTSWITCHING",
        "popularity, SERVICEKIT_FAULTSWITCHING",
        "recommendations, APICLIENT_POLICYSWITCHING",
        "popularity, APICLIENT_POLICYSWITCHING",
        "homepage, APICLIENT_POLICYSWITCHING"
    })
    void theLabMaySwitchWhatItsScriptsCanSwitch(String service, String property) throws IOException {
        assertThat(ours().find(service)
                        .orElseThrow()
                        .settings()
                        .map("environment")
                        .text(property))
                .isEqualTo("true");
    }

    @Test
    void everyImageThatIsBuiltHereHasTheVersionOfTheProject() throws IOException {
        String version = Files.readString(Project.file("pom.xml"))
                .replaceFirst("(?s).*<artifactId>stability-lab</artifactId>\\s*<version>([^<]+)</version>.*", "$1");

        assertThat(ours().builtHere().map(service -> service.settings().text("image")))
                .isNotEmpty()
                .allMatch(image -> image.matches("stability-lab/[a-z-]+:" + Pattern.quote(version)));
        assertThat(Files.readString(Project.file("docker/Dockerfile"))).contains("ARG VERSION=" + version + "\n");
    }

    @Test
    void everyModuleThatIsBuiltIsThere() throws IOException {
        assertThat(ours().builtHere()
                        .map(service -> service.settings().map("build", "args").text("MODULE")))
                .isNotEmpty()
                .allSatisfy(module ->
                        assertThat(Project.file(module).resolve("pom.xml")).isRegularFile());
    }

    @Test
    void everyFolderThatIsMountedIsThere() throws IOException {
        assertThat(ours().services().stream()
                        .flatMap(service -> service.settings().list("volumes").stream())
                        .filter(volume -> volume.startsWith("./"))
                        .map(volume -> Project.file(volume.replaceFirst(":.*", ""))))
                .isNotEmpty()
                .allSatisfy(path -> assertThat(path).isDirectory());
    }

    @Test
    void rulesAcceptAGoodFile() {
        assertThat(ComposeRules.broken(ComposeFile.parse(GOOD), IMAGES)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            example/one:1.2.3       | example/one              | one: image is example/one; its tag must be a full version
            example/one:1.2.3       | example/one:latest       | one: image is example/one:latest; its tag must be a full version
            read_only: true         | read_only: false         | one: read_only is 'false'; it must be true
            read_only: true         | privileged: true         | one: privileged is 'true'; it must not be set
            read_only: true         | cap_add: [NET_ADMIN]     | one: cap_add is '[NET_ADMIN]'; it must not be set
            read_only: true         | network_mode: host       | one: network_mode is 'host'; it must not be set
            read_only: true         | user: "0:0"              | one: user is 0:0; it must not be root
            cap_drop: [ALL]         | cap_drop: [KILL]         | one: cap_drop is '[KILL]'; it must be [ALL]
            no-new-privileges:true  | no-new-privileges:false  | one: security_opt is '[no-new-privileges:false]'; it must contain no-new-privileges:true
            mem_limit: 256m         | tty: true                | one: mem_limit is ''; it must be in megabytes, like 256m
            pids_limit: 200         | pids_limit: -1           | one: pids_limit is '-1'; it must be a number of processes and threads
            cpus: 1.0               | cpus: 2.0                | one: cpus is '2.0'; it must be at most 1.0
            tmpfs: [/tmp:size=64m]  | tmpfs: [/tmp]            | one: tmpfs is '[/tmp]'; it must be folders with a size, like /tmp:size=64m
            stop_grace_period: 10s  | stop_grace_period: 11s   | one: stop_grace_period is '11s'; it must be at most 10s
            127.0.0.1:8001:8001     | 8001:8001                | one: port 8001:8001 is not published at 127.0.0.1 only
            127.0.0.1:8001:8001     | 0.0.0.0:8001:8001        | one: port 0.0.0.0:8001:8001 is not published at 127.0.0.1 only
            target: checked         | target: unchecked        | one: neither it nor its image has a health check
            build:                  | x-build:                 | one: it is not built here, and has no user of its own
            services:               | `version: "3"\nservices:` | version: Compose v2 warns about this key, and v1.29 does not need it
            """)
    void eachRuleFindsWhatBreaksIt(String good, String bad, String problem) {
        assertThat(GOOD).contains(good);

        assertThat(ComposeRules.broken(ComposeFile.parse(GOOD.replace(good, bad.replace("\\n", "\n"))), IMAGES))
                .contains(problem);
    }

    private static ComposeFile ours() throws IOException {
        return ComposeFile.parse(Files.readString(Project.file("docker-compose.yml")));
    }

    /** The upstreams that the service itself knows. */
    private static Set<String> upstreamsOf(String service) throws IOException {
        return YamlMap.parse(Files.readString(Project.file(service + "-service/src/main/resources/application.yml")))
                .map("api-client", "upstreams")
                .keys();
    }
}

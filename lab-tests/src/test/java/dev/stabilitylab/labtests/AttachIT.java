package dev.stabilitylab.labtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A lab attached to a system that another lab keeps up; all of it real. */
@Timeout(240)
class AttachIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SCRIPT = """
            title: A short outage
            load: {closed: {users: 4}}
            warm-up: 1s
            duration: 8s
            timeline:
              - {at: 2s, fault: down, upstream: recommendations}
              - {at: 5s, heal: recommendations}
            phases:
              before: [0s, 2s]
              during: [3s, 5s]
              after: [6s, 8s]
            variants:
              breaker:
                policies:
                  recommendations:
                    connect-timeout: 200ms
                    attempt-timeout: 1s
                    deadline: 2s
                    circuit-breaker: {sliding-window-size: 5, minimum-number-of-calls: 5, failure-rate-threshold: 100, wait-duration-in-open-state: 500ms}
                expect:
                  - degraded in during > 90%
                  - degraded in after < 10%
                  - availability in whole run > 99%
                  - every breaker closed
            """;

    @TempDir
    private static Path systemDirectory;

    private static int offset;
    private static LabProcess system;

    @TempDir
    private Path directory;

    @BeforeAll
    static void aSystemThatIsUp() throws IOException {
        offset = LabProcess.freeOffset();
        system = LabProcess.start(systemDirectory, "up", "--homepages", "2", "--port-offset", "" + offset);
        system.awaitLine("Ctrl-C stops everything");
    }

    @AfterAll
    static void stops() throws InterruptedException {
        system.process().destroy();
        system.exitStatus();
    }

    @Test
    void playsAnOutageAndLeavesTheSystemAsItWas() throws Exception {
        JsonNode policies = policies();
        try (LabProcess lab = run("--json")) {
            JsonNode result = JSON.readTree(lab.output());

            assertThat(lab.exitStatus()).as(lab.errors()).isZero();
            assertThat(result.path("world").asText()).isEqualTo("remote");
            assertThat(result.path("held").asBoolean()).isTrue();
            assertThat(lab.errors())
                    .contains("Attached to homepage-1 at http://127.0.0.1:" + (8001 + offset))
                    .contains("Attached to homepage-2 at http://127.0.0.1:" + (8011 + offset))
                    .contains("The script asks for 1 homepage instances; the system has 2.");
        }
        assertWhole(policies);
    }

    @Test
    void playsAScriptSeveralTimesInOneWorld() throws Exception {
        try (LabProcess lab = run("--repeat", "2", "--json")) {
            JsonNode result = JSON.readTree(lab.output());

            assertThat(lab.exitStatus()).as(lab.errors()).isZero();
            assertThat(result.path("runs").asInt()).isEqualTo(2);
            assertThat(result.findPath("rate").path("runs").asInt()).isEqualTo(2);
            assertThat(result.findValuesAsText("held")).containsExactly("true", "2", "2", "2", "2");
            assertThat(lab.errors())
                    .containsOnlyOnce("Attached to homepage-1")
                    .contains("run 2 of 2: breaker (1 of 1)")
                    .contains("Run 2 of 2: 4 of 4 expectations held.")
                    .contains("Medians of 2 runs");
            assertThat(json("repeats.json")).isEqualTo(result);
            assertThat(json("1/result.json").at("/environment/seed").asInt()).isEqualTo(1);
            assertThat(json("2/result.json").at("/environment/seed").asInt()).isEqualTo(2);
        }
    }

    @Test
    void playsEveryScriptOfTheProjectAlsoAfterOneThatCannotBePlayed() throws Exception {
        Path simulations = Files.createDirectory(directory.resolve("simulations"));
        try (LabProcess lab =
                LabProcess.start(directory, "new", simulations.resolve("second").toString())) {
            assertThat(lab.exitStatus()).as(lab.errors()).isZero();
        }
        Files.writeString(simulations.resolve("first.yml"), """
                title: A deadline that the homepage refuses
                load: {closed: {users: 1}}
                duration: 1s
                variants:
                  bad: {policies: {auth: {connect-timeout: 1s, attempt-timeout: 1s, deadline: 1ms}}}
                """);
        try (LabProcess lab = all("--time-scale", "0.1")) {
            JsonNode results = JSON.readTree(lab.output());

            assertThat(lab.exitStatus()).as(lab.errors()).isEqualTo(2);
            assertThat(results.findValuesAsText("simulation")).containsExactly("first", "second");
            assertThat(results.path(0).path("problem").asText()).contains("deadline of auth is 1ms");
            assertThat(results.path(1).path("variants")).hasSize(2);
            assertThat(lab.errors())
                    .contains("second (2 of 2): Recommendations is a second late for eight seconds")
                    .containsPattern("first +could not run +\\d+ s ")
                    .containsPattern("second +\\d of 6 +\\d+ s +\\S*out/second")
                    .doesNotContain("\tat ");
            assertThat(directory.resolve("out/second/report.html")).isNotEmptyFile();
        }
    }

    @Test
    void playsNothingMoreWhenItIsAskedToStop() throws Exception {
        JsonNode policies = policies();
        Path simulations = Files.createDirectory(directory.resolve("simulations"));
        Files.writeString(simulations.resolve("first.yml"), SCRIPT);
        Files.writeString(simulations.resolve("second.yml"), SCRIPT);
        try (LabProcess lab = all("--repeat", "2")) {
            await().atMost(Duration.ofSeconds(60)).until(AttachIT::isBroken);

            lab.process().destroy();

            assertThat(lab.exitStatus()).isEqualTo(143);
            assertThat(lab.errors()).contains("Stopped.").doesNotContain("run 2 of 2", "second (2 of 2)", "\tat ");
            assertWhole(policies);
        }
    }

    @Test
    void putsEverythingBackAtOnceWhenItIsAskedToStop() throws Exception {
        JsonNode policies = policies();
        try (LabProcess lab = run()) {
            await().atMost(Duration.ofSeconds(60)).until(AttachIT::isBroken);

            lab.process().destroy();

            assertThat(lab.exitStatus()).isEqualTo(143);
            assertWhole(policies);
        }
    }

    @Test
    void putsBackWhatItDidToAServiceBehindTheHomepages() throws Exception {
        String inside = SCRIPT.replace("fault: down", "fault: errors").replace("    policies:\n", """
                    policies:
                      recommendations/auth: {connect-timeout: 1s, attempt-timeout: 1s, deadline: 1s, stale-if-error: {max-age: 10s}}
                """);
        try (LabProcess lab = runScript(inside)) {
            await().atMost(Duration.ofSeconds(60)).until(AttachIT::hasServiceFault);
            assertThat(get(9002, "/actuator/upstreams").findValue("policy-expires-at"))
                    .isNotNull();

            lab.process().destroy();

            assertThat(lab.exitStatus()).isEqualTo(143);
            assertThat(hasServiceFault()).isFalse();
            assertThat(get(9002, "/actuator/upstreams").findValue("policy-expires-at"))
                    .isNull();
        }
    }

    @Test
    void leavesNothingBrokenForLongWhenItIsKilled() throws Exception {
        JsonNode policies = policies();
        try (LabProcess lab = run()) {
            await().atMost(Duration.ofSeconds(60)).until(AttachIT::isBroken);
            lab.process().destroyForcibly().waitFor();
        }

        assertThat(isBroken()).isTrue();
        String refusal = refusalOfTheNextLab();
        if (isBroken()) {
            // The schedule is still executed, so it was when the next lab came. On a busy machine that may come too
            // late.
            assertThat(refusal)
                    .contains("The fault injector executes a schedule")
                    .contains("curl -X DELETE http://127.0.0.1:%d/schedule".formatted(8474 + offset));
        } else {
            assertThat(refusal).contains("another lab is at work, or one was killed");
        }
        // The fault injector gives the schedule up after 10 s; the policies of the variant, planned for 19 s, may last
        // 10 s longer.
        await().atMost(Duration.ofSeconds(15)).until(() -> !isBroken());
        if (hasTemporaryPolicy()) {
            assertThat(refusalOfTheNextLab()).contains("homepage-1 has a policy for ");
        }
        await().atMost(Duration.ofSeconds(40)).until(() -> !hasTemporaryPolicy());
        assertWhole(policies);
    }

    @Test
    void visitsUntilItIsAskedToStop() throws Exception {
        long before = pages();
        try (LabProcess visitors = LabProcess.start(directory, "visit", "--rate", "20", "--port-offset", "" + offset)) {
            visitors.awaitLine("Asking 2 homepage instances for 20.0 pages a second.");
            await().atMost(Duration.ofSeconds(20)).until(() -> pages() > before + 20);

            visitors.process().destroy();

            assertThat(visitors.exitStatus()).isEqualTo(143);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "visit --rate 0, --rate is 0.0; it must be above 0 and up to 1000",
        "visit --rate NaN, --rate is NaN",
        "visit --system /no/such/file, The addresses of the system cannot be read from /no/such/file",
        "visit --port-offset 22000, No homepage answers at http://127.0.0.1:30001",
        "run recommendations-outage --attach --port-offset 22000, The fault injector does not answer"
    })
    void refusesWhatItCannotAttachTo(String arguments, String sentence) throws Exception {
        try (LabProcess lab = LabProcess.start(directory, arguments.split(" "))) {
            assertThat(lab.exitStatus()).isEqualTo(2);
            assertThat(lab.errors()).contains(sentence).doesNotContain("\tat ");
        }
    }

    private String refusalOfTheNextLab() throws Exception {
        try (LabProcess next = run()) {
            assertThat(next.exitStatus()).isEqualTo(2);
            assertThat(next.errors()).contains("curl -X DELETE http://127.0.0.1:");
            return next.errors();
        }
    }

    private LabProcess run(String... more) throws IOException {
        return runScript(SCRIPT, more);
    }

    private LabProcess runScript(String text, String... more) throws IOException {
        Path script = Files.writeString(directory.resolve("short-outage.yml"), text);
        List<String> arguments = new ArrayList<>(List.of(
                "run", script.toString(), "--attach", "--port-offset", "" + offset, "--out", directory.toString()));
        arguments.addAll(List.of(more));
        return LabProcess.start(directory, arguments.toArray(String[]::new));
    }

    /** All scripts of a project of which there is nothing but scripts. */
    private LabProcess all(String... more) throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of("run", "--all", "--json", "--attach", "--port-offset", "" + offset));
        arguments.addAll(List.of(more));
        return LabProcess.startAt(directory, directory, arguments.toArray(String[]::new));
    }

    private JsonNode json(String file) throws IOException {
        return JSON.readTree(directory.resolve(file).toFile());
    }

    private static void assertWhole(JsonNode policies) throws IOException {
        assertThat(isBroken()).isFalse();
        assertThat(hasTemporaryPolicy()).isFalse();
        assertThat(policies()).isEqualTo(policies);
    }

    private static boolean isBroken() throws IOException {
        JsonNode proxy = get(8474, "/proxies/recommendations");
        return !proxy.path("enabled").asBoolean() || !proxy.path("toxics").isEmpty();
    }

    private static boolean hasServiceFault() throws IOException {
        return get(9002, "/actuator/faults").path("expires-at").isTextual();
    }

    private static boolean hasTemporaryPolicy() throws IOException {
        return get(9001, "/actuator/upstreams").findValue("policy-expires-at") != null
                || get(9011, "/actuator/upstreams").findValue("policy-expires-at") != null;
    }

    private static JsonNode policies() throws IOException {
        return JSON.createArrayNode()
                .addAll(get(9001, "/actuator/upstreams").findValues("policy"))
                .addAll(get(9011, "/actuator/upstreams").findValues("policy"));
    }

    private static long pages() throws IOException {
        String path = "/actuator/metrics/homepage.pages?tag=outcome:full";
        return Math.round(get(9001, path).at("/measurements/0/value").asDouble()
                + get(9011, path).at("/measurements/0/value").asDouble());
    }

    private static JsonNode get(int port, String path) throws IOException {
        URI uri = URI.create("http://127.0.0.1:%d%s".formatted(port + offset, path));
        try (InputStream body = uri.toURL().openStream()) {
            return JSON.readTree(body);
        }
    }
}

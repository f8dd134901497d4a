package dev.stabilitylab.labtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The lab and the whole system as a person gets them: real processes from the built jars. */
@Timeout(300)
class EndToEndIT {

    private static final String PAGE = "{\"recommendations\":[12,23,100,122,220,333,340,400,555,654],"
            + "\"popular_items\":[1,2,3,4,5,6,7,8,9,10]}";

    /** One for all tests: Java 17's client cannot be closed. */
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    private Path directory;

    @Test
    void playsAnOutageAndJudgesIt() throws Exception {
        int offset = LabProcess.freeOffset();
        try (LabProcess lab = LabProcess.start(
                directory,
                "run",
                script().toString(),
                "--json",
                "--port-offset",
                "" + offset,
                "--out",
                "" + directory)) {
            JsonNode result = new ObjectMapper().readTree(lab.output());

            assertThat(lab.exitStatus()).as(lab.errors()).isZero();
            assertThat(result.path("simulation").asText()).isEqualTo("shortened-outage");
            assertThat(result.path("world").asText()).isEqualTo("local");
            assertThat(result.path("held").asBoolean()).isTrue();
            assertThat(result.path("variants").findValuesAsText("name"))
                    .contains("retries-and-breaker", "fail-fast", "before", "first seconds", "during", "recovery");
            assertThat(result.path("variants")
                            .path(0)
                            .path("breakersOpenAfterMs")
                            .asDouble())
                    .isGreaterThan(result.path("variants")
                            .path(1)
                            .path("breakersOpenAfterMs")
                            .asDouble());
            assertThat(new ObjectMapper()
                            .readTree(directory.resolve("result.json").toFile()))
                    .isEqualTo(result);
            assertThat(directory.resolve("report.html"))
                    .content()
                    .contains("Recommendations are gone for seven seconds");
            assertThat(directory.resolve("timeline.csv")).isNotEmptyFile();
            assertThat(Files.size(directory.resolve("pages.png"))).isGreaterThan(10_000);
        }
        assertNothingRuns(offset);
    }

    @Test
    void servesThePageUntilItIsAskedToStop() throws Exception {
        int offset = LabProcess.freeOffset();
        try (LabProcess lab = LabProcess.start(directory, "up", "--port-offset", "" + offset)) {
            lab.awaitLine("Ctrl-C stops everything");

            assertThat(home(offset, "Token 0x132").body()).isEqualTo(PAGE);
            assertThat(home(offset, "Token 0x201").statusCode()).isEqualTo(403);
            assertThat(home(offset, "Token 0x999").statusCode()).isEqualTo(401);
            inject(offset, "recommendations", false);
            HttpResponse<String> degraded = home(offset, "Token 0x132");
            assertThat(degraded.statusCode()).isEqualTo(200);
            assertThat(degraded.headers().firstValue("Degraded")).hasValue("recommendations");
            inject(offset, "auth", false);
            HttpResponse<String> unavailable = home(offset, "Token 0x132");
            assertThat(unavailable.statusCode()).isEqualTo(503);
            assertThat(unavailable.headers().firstValue("Retry-After")).isPresent();

            lab.process().destroy();
            assertThat(lab.exitStatus()).isEqualTo(143);
        }
        assertNothingRuns(offset);
    }

    @Test
    void showsTheEndOfTheLogOfAServiceThatDies() throws Exception {
        int offset = LabProcess.freeOffset();
        try (LabProcess lab = LabProcess.start(directory, "up", "--port-offset", "" + offset)) {
            lab.awaitLine("Ctrl-C stops everything");

            lab.process()
                    .descendants()
                    .filter(child -> child.info().commandLine().orElse("").contains("popularity-service"))
                    .forEach(ProcessHandle::destroyForcibly);

            assertThat(lab.exitStatus()).isEqualTo(2);
            assertThat(lab.errors()).contains("popularity ended with exit status 137", "The end of its log");
        }
        assertNothingRuns(offset);
    }

    @Test
    void namesAPortThatIsTakenAndAWayOut() throws Exception {
        int offset = LabProcess.freeOffset();
        try (ServerSocket taken = new ServerSocket(8001 + offset, 1, InetAddress.getLoopbackAddress());
                LabProcess lab = LabProcess.start(directory, "up", "--port-offset", "" + offset)) {
            assertThat(lab.exitStatus()).isEqualTo(2);
            assertThat(lab.errors()).contains("" + taken.getLocalPort(), "homepage", "--port-offset");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "no-such-script, recommendations-outage",
        "recommendations-outage --variant fail-slow, the variants of recommendations-outage are unprotected",
        "recommendations-outage --time-scale 0, the time scale is 0.0; it must be from 0.05 to 10",
        "recommendations-outage --time-scale fast, --time-scale",
        "recommendations-outage --port-offset 70000, 70000",
        "recommendations-outage --seed x, --seed",
        "recommendations-outage --out /dev/null/here, it must be a folder that can be written to",
        "recommendations-outage --loud, --loud"
    })
    void refusesToRunWithOneSentenceOnWhatIsWrong(String arguments, String sentence) throws Exception {
        try (LabProcess lab = LabProcess.start(directory, ("run " + arguments).split(" "))) {
            assertThat(lab.output()).isEmpty();
            assertThat(lab.exitStatus()).isEqualTo(2);
            assertThat(lab.errors()).contains(sentence).doesNotContain("\tat ");
        }
    }

    private static Path script() throws URISyntaxException {
        return Path.of(Objects.requireNonNull(EndToEndIT.class.getResource("shortened-outage.yml"))
                .toURI());
    }

    private static HttpResponse<String> home(int offset, String authorization) throws Exception {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/home".formatted(8001 + offset)))
                .header("Authorization", authorization)
                .build());
    }

    private static void inject(int offset, String upstream, boolean enabled) throws Exception {
        HttpResponse<String> answer = send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/proxies/%s".formatted(8474 + offset, upstream)))
                        .POST(HttpRequest.BodyPublishers.ofString("{\"enabled\": %s}".formatted(enabled)))
                        .build());
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    private static HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return HTTP.send(request, BodyHandlers.ofString());
    }

    private static void assertNothingRuns(int offset) {
        await().atMost(20, TimeUnit.SECONDS)
                .until(() -> LabProcess.PORTS.stream().allMatch(port -> LabProcess.isFree(port + offset)));
    }
}

package dev.stabilitylab.lab.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stabilitylab.lab.verdict.RepeatedResult;
import dev.stabilitylab.lab.verdict.RunResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportWriterTest {

    private final SyntheticRun run = SyntheticRun.of("t", 2, Duration.ofSeconds(12));

    @TempDir
    Path directory;

    @Test
    void writesAllFilesIntoANewDirectory() throws IOException {
        WrittenReport report = write(directory.resolve("a/b"));

        assertThat(report.notes()).isEmpty();
        assertThat(report.files())
                .allSatisfy(file -> assertThat(file).isNotEmptyFile())
                .extracting(file -> file.getFileName().toString())
                .containsExactly(
                        "report.html",
                        "result.json",
                        "timeline.csv",
                        "pages.png",
                        "retries-only.png",
                        "breaker-outside-retry.png");
    }

    @Test
    void writesTheResultInTheShapeOfItsRecord() throws IOException {
        write(directory);

        ObjectMapper mapper = new ObjectMapper();
        String json = Files.readString(directory.resolve("result.json"));
        assertThat(mapper.readValue(json, RunResult.class)).isEqualTo(run.result());
        JsonNode variant = mapper.readTree(json).path("variants").path(0);
        assertThat(variant.path("breakersOpenAfterMs").isNull()).isTrue();
        assertThat(variant.path("phases").path(0).fieldNames())
                .toIterable()
                .containsExactly(
                        "name", "rate", "availability", "degraded", "p50Ms", "p99Ms", "maxMs", "attemptsPerPage");
        assertThat(json).startsWith("{\n  \"simulation\" : \"outage\",\n").endsWith("}\n");
    }

    @Test
    void writesWhatCameOfSeveralRunsInTheShapeOfItsRecord() throws IOException {
        RepeatedResult repeated = RepeatedResult.of(List.of(run.result(), run.result()));

        ReportWriter.write(repeated, directory.resolve("a"));

        ObjectMapper mapper = new ObjectMapper();
        String json = Files.readString(directory.resolve("a/repeats.json"));
        assertThat(mapper.readValue(json, RepeatedResult.class)).isEqualTo(repeated);
        JsonNode variant = mapper.readTree(json).path("variants").path(0);
        assertThat(variant.path("breakersOpenAfterMs").isNull()).isTrue();
        assertThat(variant.at("/phases/0/rate").fieldNames())
                .toIterable()
                .containsExactly("median", "min", "max", "runs");
        assertThat(variant.at("/expectations/0").fieldNames()).toIterable().containsExactly("text", "held", "runs");
    }

    private WrittenReport write(Path target) throws IOException {
        return ReportWriter.write(run.simulation(), run.recordings(), run.result(), target);
    }
}

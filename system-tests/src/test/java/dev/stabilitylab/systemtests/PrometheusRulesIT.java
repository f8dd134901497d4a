package dev.stabilitylab.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Prometheus' configuration, rules and their unit tests, as promtool sees them. */
class PrometheusRulesIT {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Path PROMETHEUS = Project.file("prometheus");

    private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(global:.*?)```", Pattern.DOTALL);

    private final Tool promtool = Tool.require("promtool");

    @TempDir
    private Path directory;

    @Test
    void configurationIsValid() throws Exception {
        Tool.Result result = promtool.run(PROMETHEUS, LIMIT, "check", "config", "prometheus.yml");

        assertThat(result.status()).as(result.output()).isZero();
    }

    @Test
    void configurationInTheDocsIsValidAndHasTheSameJobs() throws Exception {
        Matcher example = EXAMPLE.matcher(Project.text(Project.file("docs/metrics.md")));
        assertThat(example.find()).isTrue();
        Path file = Files.writeString(directory.resolve("prometheus-local.yml"), example.group(1));
        Files.createDirectory(directory.resolve("prometheus"));
        Files.createSymbolicLink(directory.resolve("prometheus/rules"), PROMETHEUS.resolve("rules"));

        Tool.Result result = promtool.run(directory, LIMIT, "check", "config", file.toString());

        assertThat(result.status()).as(result.output()).isZero();
        assertThat(jobs(file)).isEqualTo(jobs(PROMETHEUS.resolve("prometheus.yml")));
    }

    @Test
    void rulesAreValidAndNoneIsThereTwice() throws Exception {
        Tool.Result result = promtool.run(PROMETHEUS, LIMIT, arguments(List.of("check", "rules"), Rule.files()));

        assertThat(result.status()).as(result.output()).isZero();
    }

    @Test
    void rulesDoWhatTheirTestsSay() throws Exception {
        Tool.Result result = test(Project.files(PROMETHEUS.resolve("tests"), ".yml"));

        assertThat(result.status()).as(result.output()).isZero();
    }

    /** A test that mentions a rule may yet not notice it; one that misses it does. */
    @ParameterizedTest
    @MethodSource("rules")
    void testsFailWithout(Rule rule) throws Exception {
        copy("rules");
        copy("tests");
        Files.writeString(directory.resolve("rules").resolve(rule.file().getFileName()), rule.fileWithoutIt());

        Tool.Result result = test(testsOf(rule.file().getFileName()));

        assertThat(result.status()).as(result.output()).isEqualTo(1);
        assertThat(result.output()).contains("FAILED").contains(rule.name());
    }

    private static List<String> jobs(Path configuration) {
        return YamlFile.read(configuration).path("scrape_configs").findValuesAsText("job_name");
    }

    static List<Rule> rules() {
        return Rule.all();
    }

    private Tool.Result test(List<Path> tests) throws IOException, InterruptedException {
        return promtool.run(PROMETHEUS, LIMIT, arguments(List.of("test", "rules"), tests));
    }

    /** Those that load the file of rules. */
    private List<Path> testsOf(Path rules) {
        return Project.files(directory.resolve("tests"), ".yml").stream()
                .filter(test ->
                        YamlFile.read(test).path("rule_files").toString().contains("/" + rules + "\""))
                .toList();
    }

    private void copy(String folder) throws IOException {
        Path target = Files.createDirectory(directory.resolve(folder));
        for (Path file : Project.files(PROMETHEUS.resolve(folder), ".yml")) {
            Files.copy(file, target.resolve(file.getFileName()));
        }
    }

    private static String[] arguments(List<String> command, List<Path> files) {
        assertThat(files).as("files to %s", String.join(" ", command)).isNotEmpty();
        return Stream.concat(command.stream(), files.stream().map(Path::toString))
                .toArray(String[]::new);
    }
}

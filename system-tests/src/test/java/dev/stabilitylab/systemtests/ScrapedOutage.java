package dev.stabilitylab.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Two outages of a real system that a real Prometheus watched, and what became of it: at the end all services stop, and the homepage's
 * instances vanish from the list, so that every alert has had its reason.
 */
final class ScrapedOutage implements AutoCloseable {

    private static final Duration AFTERMATH = Duration.ofSeconds(60);
    private static final int RUN_LIMIT_SECONDS = 300;

    /** An event of the script, as the lab shows it when it has happened: with its time in the script. */
    private static final Pattern EVENT = Pattern.compile("retries-and-breaker, (\\d+)\\.0 s: .+");

    private static final Duration RECORDING = Duration.ofSeconds(36);

    private final PrometheusServer prometheus;
    private final Instant from = Instant.now();
    private Instant to = from;
    private Instant recordedFrom = from;
    private JsonNode wholeRun = new ObjectMapper().createObjectNode();

    private ScrapedOutage(PrometheusServer prometheus) {
        this.prometheus = prometheus;
    }

    static ScrapedOutage play(Path directory) throws Exception {
        ScrapedOutage outage = new ScrapedOutage(PrometheusServer.start(Tool.require("prometheus"), directory));
        try {
            outage.play(directory, LabProcess.freeOffset());
            return outage;
        } catch (Exception | AssertionError failure) {
            outage.close();
            throw failure;
        }
    }

    private void play(Path directory, int offset) throws Exception {
        prometheus.scrape("auth", List.of(address(9000, offset)));
        prometheus.scrape("homepage", List.of(address(9001, offset), address(9011, offset)));
        prometheus.scrape("recommendations", List.of(address(9002, offset)));
        prometheus.scrape("popularity", List.of(address(9003, offset)));
        prometheus.scrape("fault-injector", List.of(address(8474, offset)));
        wholeRun = run(directory, offset);
        prometheus.scrape("homepage", List.of());
        awaitFiring("TargetDown");
        awaitFiring("TargetMissing");
        awaitFiring("PageErrorBudgetBurn");
        to = Instant.now();
    }

    /** What the lab's clients felt. */
    private JsonNode run(Path directory, int offset) throws Exception {
        Path script = Path.of(Objects.requireNonNull(ScrapedOutage.class.getResource("two-outages.yml"))
                .toURI());
        try (LabProcess lab = LabProcess.start(
                directory,
                "run",
                script.toString(),
                "--json",
                "--port-offset",
                Integer.toString(offset),
                "--out",
                directory.resolve("report").toString())) {
            await("the first event")
                    .atMost(Duration.ofSeconds(RUN_LIMIT_SECONDS))
                    .until(() -> events(lab.errors()).findAny().isPresent());
            HttpFault.addAt(address(8474, offset));
            int status = lab.exitStatus(RUN_LIMIT_SECONDS);
            assertThat(status).as(lab.errors().toString()).isZero();
            recordedFrom = start(lab.errors());
            JsonNode phases = new ObjectMapper()
                    .readTree(lab.output())
                    .path("variants")
                    .path(0)
                    .path("phases");
            JsonNode last = phases.path(phases.size() - 1);
            assertThat(last.path("name").asText()).isEqualTo("whole run");
            return last;
        }
    }

    /** When the script began: as the event says that was the least late. */
    private static Instant start(List<LabProcess.Line> lines) {
        return events(lines)
                .min(Comparator.naturalOrder())
                .orElseThrow(() -> new AssertionError("no event in " + lines));
    }

    /** Of each event, when the script would have begun if the event were not late. */
    private static Stream<Instant> events(List<LabProcess.Line> lines) {
        return lines.stream()
                .flatMap(line -> EVENT.matcher(line.text())
                        .results()
                        .map(event -> line.at().minusSeconds(Long.parseLong(event.group(1)))));
    }

    /** By all rules of its name. */
    private void awaitFiring(String alert) {
        long rules =
                Rule.all().stream().filter(rule -> rule.name().equals(alert)).count();
        String reasons = "count(count by (window) (ALERTS{alertname=\"%s\", alertstate=\"firing\"}))".formatted(alert);
        await(alert + " fires")
                .atMost(AFTERMATH)
                .until(() -> api().value(reasons).orElse(0) == rules);
    }

    private static String address(int port, int offset) {
        return "127.0.0.1:" + (port + offset);
    }

    PrometheusApi api() {
        return prometheus.api();
    }

    /** All values of an expression, the last one as of the end. */
    List<PrometheusApi.Series> range(String expression, Duration step) {
        long steps = length().dividedBy(step);
        return api().range(expression, to.minus(step.multipliedBy(steps)), to, step);
    }

    /** How many pages ended like this while the lab recorded, as Prometheus sees it. */
    double pages(String outcomes) {
        String increase = "sum(increase(homepage_pages_seconds_count{outcome=~\"%s\"}[%ds]))"
                .formatted(outcomes, RECORDING.toSeconds());
        Instant end = recordedFrom.plus(RECORDING);
        List<PrometheusApi.Series> all = api().range(increase, end, end, Duration.ofSeconds(1));
        assertThat(all).as("series of %s", increase).hasSize(1);
        return all.get(0).values().get(0);
    }

    List<String> labelValues(String label, String selector) {
        return api().labelValues(label, selector, from, to);
    }

    /** The time from the start of Prometheus to the last alert. */
    Duration length() {
        return Duration.between(from, to);
    }

    /** A figure of the lab's whole run, such as {@code availability}. */
    double felt(String figure) {
        return wholeRun.path(figure).asDouble(Double.NaN);
    }

    @Override
    public void close() {
        prometheus.close();
    }
}

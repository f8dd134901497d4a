package dev.stabilitylab.lab.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stabilitylab.lab.record.Recording;
import dev.stabilitylab.lab.record.Recording.Mark;
import dev.stabilitylab.lab.report.SyntheticRun;
import dev.stabilitylab.lab.script.LoadSpec;
import dev.stabilitylab.lab.script.Simulation;
import dev.stabilitylab.lab.script.Simulation.Variant;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class HtmlReportTest {

    private static final Pattern DATA =
            Pattern.compile("<script type=\"application/json\" id=\"data\">(.*?)</script>", Pattern.DOTALL);

    @Test
    void asksNobodyForAnything() {
        String page = render(SyntheticRun.typical());

        assertThat(page)
                .doesNotContainPattern("(?i)<(link|img|iframe|script[^>]+src)")
                .contains("default-src &#39;none&#39;");
    }

    @Test
    void keepsHostileTextInsideItsPlace() throws JsonProcessingException {
        String hostile = "</script><script>alert(1)</script> {{data}} <!-- 'x' \u2028";

        String page = render(SyntheticRun.of(hostile, 1, Duration.ofSeconds(6)));

        assertThat(page).doesNotContain("<script>alert(1)", "\u2028\"").contains("&lt;/script&gt;&lt;script&gt;");
        assertThat(page.split("<script", -1)).hasSize(5);
        assertThat(data(page).path("title").asText()).isEqualTo(hostile);
    }

    @Test
    void carriesEveryVariantAndWhatItsColoursMean() throws JsonProcessingException {
        JsonNode data = data(render(SyntheticRun.typical()));

        assertThat(data.path("variants")).hasSize(5);
        assertThat(data.path("upstreams").path(0).asText()).isEqualTo("recommendations");
        assertThat(data.path("legend").path("pages").path(0).path("light").asText())
                .isEqualTo("#0072B2");
        JsonNode variant = data.path("variants").path(1);
        assertThat(variant.path("name").asText()).isEqualTo("breaker-outside-retry");
        assertThat(variant.path("resolutions").path(0).path("step").asDouble()).isEqualTo(0.5);
        assertThat(variant.path("resolutions").path(0).path("p50")).hasSize(120);
        assertThat(variant.path("resolutions").path(1).path("p50")).hasSize(600);
        assertThat(variant.path("result").path("phases").path(3).path("p50Ms").isNull())
                .isTrue();
    }

    @Test
    void saysWhoAsksForPagesAndWhereAVariantDiffers() throws JsonProcessingException {
        SyntheticRun run = SyntheticRun.of("t", 2, Duration.ofSeconds(6));
        LoadSpec own = new LoadSpec.Open(
                40,
                LoadSpec.Arrival.POISSON,
                1000,
                Duration.ofSeconds(2),
                new LoadSpec.Reloads(3, Duration.ofMillis(100)),
                List.of(
                        new LoadSpec.Group("known", 0.8, "Token 1", null),
                        new LoadSpec.Group("newcomers", 0.2, "Token 2", Duration.ofMillis(1500))));
        Variant first = run.simulation().variants().get(0);
        Simulation simulation = run.simulation()
                .withVariants(List.of(
                        new Variant(first.name(), first.description(), own, first.policies(), first.expectations()),
                        run.simulation().variants().get(1)));

        JsonNode data = data(HtmlReport.render(simulation, run.recordings(), run.result()));

        assertThat(data.path("load").asText())
                .isEqualTo("20 users, each of whom waits for a page before asking for the next");
        assertThat(data.path("variants").path(0).path("load").asText())
                .isEqualTo(
                        "40 pages asked for a second, however the earlier ones fare; who gets less than the whole page"
                                + " asks again, up to 3 times; of them 80 % known, 20 % newcomers from 1.5 s on");
        assertThat(data.path("variants").path(1).path("load").isNull()).isTrue();
    }

    @Test
    void carriesAChangeOfTheLoadAsAMarkOfNoUpstream() throws JsonProcessingException {
        SyntheticRun run = SyntheticRun.of("t", 1, Duration.ofSeconds(6));
        Recording crowd = new Recording(
                "retries-only",
                Duration.ofSeconds(6),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(new Mark(Duration.ofSeconds(1), null, false, "40 visits a second")));

        JsonNode data = data(HtmlReport.render(run.simulation(), List.of(crowd), run.result()));

        JsonNode mark = data.path("variants").path(0).path("marks").path(0);
        assertThat(mark.path("upstream").isNull()).isTrue();
        assertThat(mark.path("fault").asBoolean()).isFalse();
        assertThat(mark.path("text").asText()).isEqualTo("40 visits a second");
        assertThat(data.path("upstreams")).hasSize(1);
    }

    @Test
    void keepsNamesInAnyScript() throws JsonProcessingException {
        JsonNode data = data(render(SyntheticRun.of("Über 推荐 🙂", 1, Duration.ofSeconds(6))));

        assertThat(data.path("title").asText()).isEqualTo("Über 推荐 🙂");
    }

    @Test
    void staysSmallForTenVariantsOfAnHour() {
        SyntheticRun minute = SyntheticRun.of("long", 10, Duration.ofSeconds(60));
        List<Recording> hours = minute.recordings().stream()
                .map(recording -> new Recording(
                        recording.variant(),
                        Duration.ofHours(1),
                        LongRecording.pages(),
                        LongRecording.samples(),
                        LongRecording.transitions(),
                        List.of(),
                        recording.marks()))
                .toList();

        String page = HtmlReport.render(minute.simulation(), hours, minute.result());

        assertThat(page.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(10_000_000);
    }

    @Test
    void copesWithARecordingOfNothing() throws JsonProcessingException {
        SyntheticRun run = SyntheticRun.of("empty", 1, Duration.ofSeconds(6));
        Recording nothing = new Recording(
                "retries-only", Duration.ofSeconds(6), List.of(), List.of(), List.of(), List.of(), List.of());

        JsonNode data = data(HtmlReport.render(run.simulation(), List.of(nothing), run.result()));

        assertThat(data.path("variants").path(0).path("resolutions").path(0).path("pages"))
                .isEmpty();
    }

    private static String render(SyntheticRun run) {
        return HtmlReport.render(run.simulation(), run.recordings(), run.result());
    }

    private static JsonNode data(String page) throws JsonProcessingException {
        Matcher matcher = DATA.matcher(page);
        assertThat(matcher.find()).isTrue();
        return new ObjectMapper().readTree(matcher.group(1));
    }
}

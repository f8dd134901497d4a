package dev.stabilitylab.lab.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.stabilitylab.lab.record.PageKind;
import dev.stabilitylab.lab.record.Recording;
import dev.stabilitylab.lab.script.ScriptReader;
import dev.stabilitylab.lab.script.Simulation;
import dev.stabilitylab.lab.verdict.RunResult.ExpectationResult;
import dev.stabilitylab.lab.verdict.RunResult.PhaseFigures;
import dev.stabilitylab.lab.verdict.RunResult.VariantResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JudgeTest {

    @TempDir
    private Path folder;

    @Test
    void reportsEveryPhaseAndTheWholeRun() throws IOException {
        VariantResult result = judge(script(), calm("first"), calm("second"))
                .result()
                .variants()
                .get(0);

        assertThat(result.name()).isEqualTo("first");
        assertThat(result.phases())
                .extracting(PhaseFigures::name, PhaseFigures::rate)
                .containsExactly(tuple("before", 50.0), tuple("outage", 10.0), tuple("whole run", 20.0));
    }

    @Test
    void showsBothSidesOfWhatHolds() throws IOException {
        Judgement judgement = judge(script("rate in outage < 0.5 x rate in before"), calm("first"), calm("second"));

        assertThat(judgement.result().held()).isTrue();
        assertThat(expectations(judgement))
                .containsExactly(
                        new ExpectationResult("rate in outage < 0.5 x rate in before", true, "10.0/s < 25.0/s"));
    }

    @Test
    void showsBothSidesOfWhatDoesNotHold() throws IOException {
        Judgement judgement = judge(script("availability in before < 50%"), calm("first"), calm("second"));

        assertThat(judgement.result().held()).isFalse();
        assertThat(expectations(judgement))
                .containsExactly(new ExpectationResult("availability in before < 50%", false, "100.00%, not < 50.00%"));
    }

    @Test
    void holdsNothingThatCouldNotBeMeasured() throws IOException {
        Recording empty = new RecordingBuilder("first", 4000).build();

        Judgement judgement = judge(script("p99 in before < 5s", "p99 in before < p50 in outage"), empty);

        assertThat(expectations(judgement))
                .extracting(ExpectationResult::held, ExpectationResult::measured)
                .containsExactly(
                        tuple(false, "no page ended in before"),
                        tuple(false, "no page ended in before, and no page ended in outage"));
    }

    @Test
    void comparesVariantsOfTheSameRun() throws IOException {
        Recording faster =
                new RecordingBuilder("second", 4000).pages(300, 0, 4000).build();

        Judgement judgement = judge(script("rate in before < rate in before of second"), calm("first"), faster);

        assertThat(expectations(judgement))
                .extracting(ExpectationResult::held, ExpectationResult::measured)
                .containsExactly(tuple(true, "50.0/s < 75.0/s"));
        assertThat(judgement.notes()).isEmpty();
    }

    @Test
    void leavesOutWhatSpeaksOfAVariantThatDidNotRunAndSaysSo() throws IOException {
        Simulation simulation = script("rate in before < rate in before of second", "rate in before > 0/s");

        Judgement judgement = judge(simulation, calm("first"));

        assertThat(expectations(judgement)).extracting(ExpectationResult::text).containsExactly("rate in before > 0/s");
        assertThat(judgement.notes())
                .containsExactly("\"rate in before < rate in before of second\" of first was not checked:"
                        + " the variant second did not run.");
    }

    @Test
    void judgesWhatBreakersDid() throws IOException {
        Recording recording = new RecordingBuilder("first", 4000)
                .closedBreaker("homepage-1")
                .closedBreaker("homepage-2")
                .fault(1000)
                .transition(1200, "homepage-1", "CLOSED", "OPEN")
                .transition(1400, "homepage-2", "CLOSED", "OPEN")
                .heal(2000)
                .transition(3500, "homepage-1", "HALF_OPEN", "CLOSED")
                .build();

        Judgement judgement = judge(
                script(
                        "every breaker open within 400ms",
                        "every breaker open within 399ms",
                        "breakers open after < 2s",
                        "every breaker closed",
                        "breakers closed after < 2s"),
                recording);

        assertThat(expectations(judgement))
                .extracting(ExpectationResult::held, ExpectationResult::measured)
                .containsExactly(
                        tuple(true, "after 400 ms"),
                        tuple(false, "after 400 ms"),
                        tuple(true, "400 ms < 2.00 s"),
                        tuple(false, "1 of 2 closed at the end"),
                        tuple(false, "1 of 2 breakers never closed"));
        VariantResult result = judgement.result().variants().get(0);
        assertThat(result.breakersOpenAfterMs()).isEqualTo(400);
        assertThat(result.breakersClosedAfterMs()).isNull();
    }

    @Test
    void doesNotHoldBreakersClosedThatAreNotThere() throws IOException {
        Judgement judgement = judge(script("every breaker closed", "every breaker closed within 1s"), calm("first"));

        assertThat(expectations(judgement))
                .extracting(ExpectationResult::held, ExpectationResult::measured)
                .containsOnly(tuple(false, "there is no breaker"));
    }

    @Test
    void judgesFiguresOfGroupsInTheLoadOfTheVariant() throws IOException {
        String text = """
                title: A test
                load: {closed: {users: 1}, groups: {known: {share: 50%}, strangers: {share: 50%}}}
                duration: 4s
                variants:
                  first:
                    load: {closed: {users: 1}, groups: {strangers: {share: 20%}, known: {share: 80%}}}
                    expect:
                      - refused for strangers in whole run = 100%
                      - full for known in whole run >= 2 x full for known in whole run of second
                  second: {}
                """;
        Simulation simulation = ScriptReader.read(Files.writeString(folder.resolve("test.yml"), text));
        Recording first = new RecordingBuilder("first", 4000)
                .page(100, 10, PageKind.REFUSED)
                .page(200, 10, PageKind.FULL, 1, false)
                .build();
        Recording second = new RecordingBuilder("second", 4000)
                .page(100, 10, PageKind.FULL)
                .page(200, 10, PageKind.DEGRADED)
                .page(300, 10, PageKind.REFUSED, 1, false)
                .build();

        Judgement judgement = judge(simulation, first, second);

        assertThat(expectations(judgement))
                .extracting(ExpectationResult::held, ExpectationResult::measured)
                .containsExactly(tuple(true, "100.00% = 100.00%"), tuple(true, "100.00% >= 100.00%"));
    }

    @Test
    void refusesARecordingOfAnotherSimulation() throws IOException {
        Simulation simulation = script();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> judge(simulation, calm("third")))
                .withMessage("test has no variant called \"third\"");
    }

    @Test
    void writesMissingFiguresAsNull() throws Exception {
        Judgement judgement = judge(script(), new RecordingBuilder("first", 4000).build());

        String json = JsonMapper.builder().build().writeValueAsString(judgement.result());

        assertThat(json)
                .contains("\"world\":\"local\"", "\"environment\":{\"cores\":2}", "\"p99Ms\":null")
                .contains("\"breakersOpenAfterMs\":null");
    }

    private Judgement judge(Simulation simulation, Recording... recordings) {
        return Judge.judge(simulation, List.of(recordings), "local", Map.of("cores", 2));
    }

    private static List<ExpectationResult> expectations(Judgement judgement) {
        return judgement.result().variants().get(0).expectations();
    }

    /** Fifty pages in the first second, and thirty in the other three. */
    private static Recording calm(String variant) {
        return new RecordingBuilder(variant, 4000)
                .pages(50, 0, 1000)
                .pages(30, 1000, 4000)
                .page(-5, 10, PageKind.FAILED)
                .build();
    }

    private Simulation script(String... expectations) throws IOException {
        String items = String.join(
                "", Arrays.stream(expectations).map("      - %s%n"::formatted).toList());
        String text = """
                title: A test
                load: {closed: {users: 1}}
                duration: 4s
                timeline:
                  - {at: 1s, fault: down, upstream: recommendations}
                phases:
                  before: [0s, 1s]
                  outage: [1s, 4s]
                variants:
                  second: {}
                  first:
                    description: The one with expectations.
                """;
        String expect = items.isEmpty() ? "" : "    expect:\n" + items;
        return ScriptReader.read(Files.writeString(folder.resolve("test.yml"), text + expect));
    }
}

package dev.stabilitylab.lab.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stabilitylab.lab.verdict.RunResult;
import dev.stabilitylab.lab.verdict.RunResult.ExpectationResult;
import dev.stabilitylab.lab.verdict.RunResult.VariantResult;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RunSentenceTest {

    private static final String WHEN = "Played %s on 2026-02-03 by lab 0.1.0 with %s, on 2 cores (Linux amd64), "
            + "Java (Debian 17.0.15) and Spring Boot 3.5.16. ";

    @Test
    void saysOfOneRunHowMuchHeld() {
        assertThat(RunSentence.of(List.of(run(1, 1.0, true, true))))
                .isEqualTo(WHEN.formatted("once", "seed 1") + "Every expectation held.");
        assertThat(RunSentence.of(List.of(run(7, 1.0, true, false))))
                .isEqualTo(WHEN.formatted("once", "seed 7") + "1 of 2 expectations held.");
    }

    @Test
    void saysOfSeveralInHowManyEverythingHeld() {
        assertThat(RunSentence.of(List.of(run(1, 1.0, true), run(2, 1.0, false), run(3, 1.0, true))))
                .isEqualTo(WHEN.formatted("3 times", "seeds 1 to 3")
                        + "Every expectation held in 2 of the 3 runs; the pictures show the first one.");
    }

    @Test
    void warnsOfAnotherTimeScale() {
        assertThat(RunSentence.of(List.of(run(1, 0.3, true))))
                .endsWith(
                        "Every expectation held. The script's times were multiplied by 0.3 for this, the policies' were "
                                + "not: figures for a look only.");
    }

    @Test
    void saysWhatIsUnknown() {
        RunResult bare = new RunResult("outage", "local", Map.of("timeScale", 1.0), true, List.of());

        assertThat(RunSentence.of(List.of(bare))).contains("Spring Boot unknown");
    }

    private static RunResult run(long seed, double timeScale, Boolean... held) {
        List<ExpectationResult> expectations = Stream.of(held)
                .map(each -> new ExpectationResult("every breaker closed", each, "2 of 2 closed at the end"))
                .toList();
        return new RunResult(
                "outage",
                "local",
                Map.of(
                        "started", "2026-02-03T10:00:00Z",
                        "lab", "0.1.0",
                        "cores", 2,
                        "os", "Linux amd64",
                        "java", "Debian 17.0.15",
                        "springBoot", "3.5.16",
                        "seed", seed,
                        "timeScale", timeScale),
                !List.of(held).contains(false),
                List.of(new VariantResult("first", List.of(), null, null, expectations)));
    }
}

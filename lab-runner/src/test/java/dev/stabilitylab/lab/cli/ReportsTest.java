package dev.stabilitylab.lab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stabilitylab.lab.report.SyntheticRun;
import dev.stabilitylab.lab.run.FinishedRun;
import dev.stabilitylab.lab.verdict.Judgement;
import dev.stabilitylab.lab.verdict.RepeatedResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportsTest {

    private final SyntheticRun played = SyntheticRun.of("t", 1, Duration.ofSeconds(12));

    @TempDir
    private Path folder;

    @Test
    void writesTheOnlyRunIntoTheFolderItself() {
        Reports reports = new Reports(played.simulation(), folder, 1);

        reports.write(run(1));

        assertThat(folder.resolve("result.json")).isRegularFile();
        assertThat(reports.areComplete()).isTrue();
        assertThat(reports.notes()).containsExactly("Report: " + folder.resolve("report.html"));
    }

    @Test
    void writesEachOfSeveralRunsIntoAFolderOfItsOwn() {
        Reports reports = new Reports(played.simulation(), folder, 2);

        reports.write(run(1));
        reports.write(run(2));
        reports.write(RepeatedResult.of(List.of(played.result(), played.result())));

        assertThat(folder.resolve("1/result.json")).isRegularFile();
        assertThat(folder.resolve("2/result.json")).isRegularFile();
        assertThat(folder.resolve("repeats.json")).isRegularFile();
        assertThat(reports.notes())
                .containsExactly(
                        "Reports: %s to 2".formatted(folder.resolve("1")),
                        "All runs: " + folder.resolve("repeats.json"));
    }

    @Test
    void saysWhatCouldNotBeWritten() throws IOException {
        Files.writeString(folder.resolve("2"), "in the way");
        Reports reports = new Reports(played.simulation(), folder, 2);

        reports.write(run(1));
        reports.write(run(2));

        assertThat(reports.areComplete()).isFalse();
        assertThat(reports.notes().get(0))
                .startsWith("The report in %s is not complete: ".formatted(folder.resolve("2")));
    }

    private FinishedRun run(int number) {
        return new FinishedRun(number, played.recordings(), new Judgement(played.result(), List.of()));
    }
}

package dev.stabilitylab.lab.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.stabilitylab.lab.record.Recording;
import dev.stabilitylab.lab.script.FigureReader;
import dev.stabilitylab.lab.script.ScriptReader;
import dev.stabilitylab.lab.script.Simulation;
import dev.stabilitylab.lab.verdict.Figures.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FiguresTest {

    @TempDir
    private Path folder;

    private Simulation simulation;

    @BeforeEach
    void read() throws IOException {
        simulation = ScriptReader.read(Files.writeString(folder.resolve("test.yml"), """
                title: A test
                load: {closed: {users: 1}}
                duration: 4s
                timeline:
                  - {at: 2s, fault: down, upstream: recommendations}
                phases:
                  before: [0s, 2s]
                variants:
                  first: {}
                  second: {}
                """));
    }

    @Test
    void showsTheFigureOfASingleRun() {
        Figures figures = figures(100);

        assertThat(read(figures, "rate in before", "first")).isEqualTo(new Reading("50.0/s", null));
        assertThat(read(figures, "0.5 x rate in before", "first")).isEqualTo(new Reading("25.0/s", null));
        assertThat(read(figures, "rate in before of second", "first")).isEqualTo(new Reading("5.00/s", null));
    }

    @Test
    void showsTheMedianOfSeveralRunsAndTheirRange() {
        assertThat(read(figures(100, 20, 60), "rate in before", "first"))
                .isEqualTo(new Reading("30.0/s (10.0/s to 50.0/s)", null));
        assertThat(read(figures(100, 20), "rate in before", "first"))
                .isEqualTo(new Reading("30.0/s (10.0/s to 50.0/s)", null));
    }

    @Test
    void leavesOutARangeThatReadsLikeTheMedian() {
        assertThat(read(figures(100, 100), "rate in before", "first")).isEqualTo(new Reading("50.0/s", null));
    }

    @Test
    void saysWhyThereIsNoFigure() {
        assertThat(read(figures(0), "p50 in before", "first")).isEqualTo(new Reading(null, "no page ended in before"));
    }

    @Test
    void saysInHowManyRunsThereIsNoFigure() {
        Figures figures = figures(0, 100, 0);

        assertThat(read(figures, "p50 in before", "first"))
                .isEqualTo(new Reading("10 ms", "in 2 of 3 runs no page ended in before"));
    }

    @Test
    void refusesAVariantThatDidNotRun() {
        Figures figures = figures(1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(figures, "rate in before", "third"))
                .withMessage("the variant third did not run");
    }

    private Reading read(Figures figures, String words, String variant) {
        return figures.read(new FigureReader(simulation).read(words), variant);
    }

    /** Of as many runs, with so many pages of the first variant before the outage. */
    private Figures figures(int... pagesOfTheFirst) {
        return Figures.of(
                simulation,
                IntStream.of(pagesOfTheFirst).mapToObj(FiguresTest::run).toList());
    }

    private static List<Recording> run(int pagesOfTheFirst) {
        return List.of(
                new RecordingBuilder("first", 4000)
                        .pages(pagesOfTheFirst, 0, 2000)
                        .build(),
                new RecordingBuilder("second", 4000).pages(10, 0, 2000).build());
    }
}

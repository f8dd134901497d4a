package dev.stabilitylab.lab.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FigureReaderTest {

    @TempDir
    private Path folder;

    @Test
    void understandsFiguresAsExpectationsNameThem() {
        FigureReader reader = new FigureReader(ScriptFixture.read(folder, ScriptFixture.GOOD));

        assertThat(reader.read(" rate in end of outage  of fail-fast "))
                .isEqualTo(new Term.InPhase(1, Metric.RATE, null, "end of outage", "fail-fast"));
        assertThat(reader.read("breakers open after"))
                .isEqualTo(new Term.BreakersAfter(1, Claim.BreakerState.OPEN, null));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    5/s | it is a number and says nothing about the run
                    rate in during | there is no phase called "during"; known are before, end of outage, whole run
                    rate in before of nobody | there is no variant called "nobody"; known are unprotected, fail-fast
                    """)
    void saysWhatItDoesNotUnderstand(String words, String message) {
        FigureReader reader = new FigureReader(ScriptFixture.read(folder, ScriptFixture.GOOD));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> reader.read(words))
                .withMessage(message);
    }

    @Test
    void refusesFiguresOfABrokenUpstreamWhenNoneBreaks() {
        String calm = ScriptFixture.GOOD
                .replaceFirst("(?m)^timeline:\n(  - .*\n)+", "")
                .replace("- every breaker closed", "- rate in before > 1/s");
        FigureReader reader = new FigureReader(ScriptFixture.read(folder, calm));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> reader.read("failed attempts in before"))
                .withMessage("it speaks of the watched upstreams, but the timeline breaks none and watched names none");
    }
}

package dev.stabilitylab.labtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code ./lab docs} as far as it plays nothing. */
@Timeout(120)
class DocsCommandIT {

    @TempDir
    private Path directory;

    @Test
    void findsNothingWrongWithTheProjectsOwnPages() throws Exception {
        try (LabProcess lab = LabProcess.start(directory, "docs", "--check")) {
            assertThat(lab.output()).isEmpty();
            assertThat(lab.exitStatus()).as(lab.errors()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    docs nobody | there is no page for "nobody" in docs/simulations; there are
                    docs --repeat 0 | --repeat is 0; it must be from 1 to 100.
                    docs recommendations-outage --time-scale 11 | the time scale is 11.0; it must be from 0.05 to 10
                    docs --check --quotes | are mutually exclusive
                    """)
    void refusesBeforeItPlaysAnything(String arguments, String message) throws Exception {
        try (LabProcess lab = LabProcess.start(directory, arguments.split(" ", -1))) {
            assertThat(lab.exitStatus()).isEqualTo(2);
            assertThat(lab.errors()).contains(message);
        }
    }
}

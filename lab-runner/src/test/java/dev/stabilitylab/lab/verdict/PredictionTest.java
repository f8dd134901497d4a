package dev.stabilitylab.lab.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stabilitylab.lab.script.ScriptReader;
import dev.stabilitylab.lab.script.Simulation;
import dev.stabilitylab.lab.verdict.Figure.Known;
import dev.stabilitylab.lab.verdict.Figure.Missing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PredictionTest {

    private static final String NO_RETRY = "connect-timeout: 1s, attempt-timeout: 1s, deadline: 1s";
    private static final String RETRIES = NO_RETRY + ", retry: {max-attempts: 4, wait-duration: 1s}";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, 1, 1",
        "0.5, 0, 0, 1, 0.5",
        "0.5, 3, 0, 1.875, 0.9375",
        "0.5, 3, 1, 1.9921875, 0.9375",
        "0.5, 0, 2, 1.75, 0.5",
        "0.1, 2, 3, 1.111111111, 0.999",
        "1, 0, 0, 1, 0",
        "1, 3, 0, 4, 0",
        "1, 3, 3, 16, 0",
    })
    void sumsUpAttemptsThatFailIndependently(double p, int retries, int reloads, double attempts, double full) {
        Prediction prediction = new Prediction(retries, reloads, null);

        assertThat(prediction.attemptsAVisit(new Known(p)).orNull()).isCloseTo(attempts, within(1e-3));
        assertThat(prediction.full(new Known(p)).orNull()).isCloseTo(full, within(1e-9));
    }

    @Test
    void takesRetriesFromThePolicyAndReloadsFromTheVariantsLoad() throws IOException {
        assertThat(of("[recommendations]", "recommendations: {%s}".formatted(RETRIES), "description: One."))
                .isEqualTo(new Prediction(3, 2, null));
        assertThat(of("[recommendations]", "recommendations: {%s}".formatted(NO_RETRY), "load: {closed: {users: 1}}"))
                .isEqualTo(new Prediction(0, 0, null));
    }

    @Test
    void predictsNothingWhenThePolicyIsNotKnown() throws IOException {
        Prediction prediction = of("[recommendations]", "auth: {%s}".formatted(RETRIES), "description: One.");

        assertThat(prediction.full(new Known(0.5)))
                .isEqualTo(new Missing("the policies of only say nothing of recommendations"));
        assertThat(prediction.attemptsAVisit(new Known(0.5)))
                .isEqualTo(new Missing("the policies of only say nothing of recommendations"));
    }

    @Test
    void predictsNothingOfTwoUpstreamsAtOnce() throws IOException {
        Prediction prediction =
                of("[recommendations, auth]", "recommendations: {%s}".formatted(RETRIES), "description: One.");

        assertThat(prediction.full(new Known(0.5)))
                .isEqualTo(new Missing("2 upstreams are watched, and a prediction is about one"));
    }

    @Test
    void predictsNothingFromAttemptsThatAreNotKnown() {
        assertThat(new Prediction(3, 0, null).full(new Missing("no attempt was made in during")))
                .isEqualTo(new Missing("no attempt was made in during"));
    }

    private Prediction of(String watched, String policies, String more) throws IOException {
        String text = """
                title: A test
                watched: %s
                load: {closed: {users: 1}, reloads: {max: 2, pause: 1s}}
                duration: 4s
                variants:
                  only:
                    %s
                    policies: {%s}
                """.formatted(watched, more, policies);
        Simulation simulation = ScriptReader.read(Files.writeString(folder.resolve("test.yml"), text));
        return Prediction.of(simulation, simulation.variants().get(0));
    }
}

package dev.stabilitylab.lab.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stabilitylab.lab.report.SyntheticRun;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SimulationRunnerTest {

    @Test
    void takesAWarmUpAndARecordingForEachVariantAndTenSecondsForAFreshSystem() {
        SyntheticRun threeVariants = SyntheticRun.of("t", 3, Duration.ofSeconds(20));

        assertThat(SimulationRunner.playingTime(threeVariants.simulation())).isEqualTo(Duration.ofSeconds(3 * 25 + 10));
    }
}

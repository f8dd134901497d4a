package dev.stabilitylab.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Runs the system of docker-compose.yml on a real engine, see {@code docker/check.sh}. */
@EnabledIfEnvironmentVariable(
        named = "LAB_DOCKER",
        matches = "1",
        disabledReason =
                "it installs Debian packages, needs root and takes minutes: set LAB_DOCKER=1 to run docker/check.sh")
@Timeout(1500)
class ComposeIT {

    private static final Duration LIMIT = Duration.ofMinutes(20);

    @Test
    void theSystemComesUpIsBrokenRecoversAndStops() throws IOException, InterruptedException {
        Tool.Result result = Tool.require("bash").run(Project.ROOT, LIMIT, "docker/check.sh");

        // The figures are worth reading when all is well, too.
        System.out.println(result.output());
        assertThat(result.status()).as(result.output()).isZero();
    }

    /** A check that was killed could not end its engine. */
    @AfterEach
    void endTheEngine() throws IOException, InterruptedException {
        Tool.Result result = Tool.require("bash").run(Project.ROOT, Duration.ofMinutes(2), "docker/engine.sh", "stop");

        assertThat(result.status()).as(result.output()).isZero();
    }
}

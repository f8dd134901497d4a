package dev.stabilitylab.servicekit.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stabilitylab.apiclient.Failure;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class StaleLogTest {

    private static final UUID ADA = UUID.fromString("0b6a1f5e-54c1-4a0f-9d0c-6f1f2f3c0132");
    private static final Failure FAILURE = new Failure.TimedOut("auth", Duration.ofSeconds(1));

    private final StaleLog log = new StaleLog();
    // Close to where a monotonic clock may overflow.
    private final long start = Long.MAX_VALUE - 5;

    @Test
    void namesTheUserTheAgeAndTheFailure(CapturedOutput output) {
        serve(Duration.ZERO);

        assertThat(lines(output)).singleElement().asString().contains(ADA.toString(), "12 s", "timed_out", "line: 1");
    }

    @Test
    void logsOneLineInTenSecondsAndCountsTheRest(CapturedOutput output) {
        for (int second = 0; second <= 20; second++) {
            serve(Duration.ofSeconds(second));
        }

        assertThat(lines(output)).hasSize(3).last().asString().contains("line: 10");
    }

    private void serve(Duration sinceStart) {
        log.served(ADA, Duration.ofMillis(12_900), FAILURE, start + sinceStart.toNanos());
    }

    private static List<String> lines(CapturedOutput output) {
        return output.getAll()
                .lines()
                .filter(line -> line.contains("stale permissions"))
                .toList();
    }
}

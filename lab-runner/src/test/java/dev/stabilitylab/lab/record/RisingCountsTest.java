package dev.stabilitylab.lab.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RisingCountsTest {

    private final RisingCounts counts = new RisingCounts();

    @Test
    void passesOnWhatAnInstanceCounts() {
        counts.add(attempts(3, 1));
        counts.add(attempts(5, 1));

        assertThat(counts.total()).isEqualTo(attempts(5, 1));
    }

    @Test
    void addsWhatWasCountedBeforeAnInstanceWasStartedAgain() {
        counts.add(attempts(5, 2));
        counts.add(attempts(0, 0));
        counts.add(attempts(4, 1));

        assertThat(counts.total()).isEqualTo(attempts(9, 3));
    }

    @Test
    void survivesSeveralStarts() {
        counts.add(attempts(5, 0));
        counts.add(attempts(1, 0));
        counts.add(attempts(0, 0));
        counts.add(attempts(2, 0));

        assertThat(counts.total().attempts()).isEqualTo(Map.of("auth", Map.of("success", 8L)));
    }

    private static ClientMetrics attempts(long successes, long retries) {
        return new ClientMetrics(Map.of("auth", Map.of("success", successes)), Map.of("auth", retries));
    }
}

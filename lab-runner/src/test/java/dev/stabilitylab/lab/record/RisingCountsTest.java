package dev.stabilitylab.lab.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RisingCountsTest {

    private final RisingCounts counts = new RisingCounts();

    @Test
    void passesOnWhatAnInstanceCounts() {
        counts.add("a", attempts(3, 1));
        counts.add("a", attempts(5, 1));

        assertThat(counts.total()).isEqualTo(attempts(5, 1));
    }

    @Test
    void addsWhatWasCountedBeforeAnInstanceWasStartedAgain() {
        counts.add("a", attempts(5, 2));
        counts.add("b", attempts(0, 0));
        counts.add("b", attempts(4, 1));

        assertThat(counts.total()).isEqualTo(attempts(9, 3));
    }

    @Test
    void noticesAStartAfterWhichMoreWasCountedThanBefore() {
        counts.add("a", attempts(5, 0));
        counts.add("b", attempts(7, 0));
        counts.add("c", attempts(8, 0));

        assertThat(counts.total().attempts()).isEqualTo(Map.of("auth", Map.of("success", 20L)));
    }

    private static ClientMetrics attempts(long successes, long retries) {
        return new ClientMetrics(Map.of("auth", Map.of("success", successes)), Map.of("auth", retries));
    }
}

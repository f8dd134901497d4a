package dev.stabilitylab.servicekit.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stabilitylab.apiclient.Deadline;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CapacityMetricsTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final CapacityMetrics metrics = new CapacityMetrics(registry);

    @Test
    void showsWantedAndUnwantedWorkFromTheStart() {
        assertThat(works(true)).isZero();
        assertThat(works(false)).isZero();
    }

    @Test
    void countsWorkAsWantedWhileItsDeadlineIsNotOver() {
        Deadline.in(Duration.ofHours(1)).carriedBy(this::work).run();

        assertThat(works(true)).isOne();
        assertThat(works(false)).isZero();
    }

    @Test
    void countsWorkAsUnwantedOnceItsDeadlineIsOver() {
        Deadline.in(Duration.ZERO).carriedBy(this::work).run();

        assertThat(works(true)).isZero();
        assertThat(works(false)).isOne();
    }

    @Test
    void countsWorkAsWantedByACallerWithoutADeadline() {
        work();

        assertThat(works(true)).isOne();
    }

    private void work() {
        metrics.workEnds(metrics.workBegins());
    }

    private long works(boolean wanted) {
        return registry.get(CapacityMetrics.WORK)
                .tag(CapacityMetrics.WANTED, Boolean.toString(wanted))
                .timer()
                .count();
    }
}

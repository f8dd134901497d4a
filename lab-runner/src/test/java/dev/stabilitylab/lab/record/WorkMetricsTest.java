package dev.stabilitylab.lab.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class WorkMetricsTest {

    @Test
    void readsHowMuchAServiceWorks() {
        WorkMetrics metrics = WorkMetrics.parse("""
                # TYPE capacity_requests_active gauge
                capacity_requests_active{application="recommendations-service"} 12.0
                capacity_work_seconds_count{application="recommendations-service",wanted="false"} 3
                capacity_work_seconds_sum{application="recommendations-service",wanted="false"} 22.5
                capacity_work_seconds_sum{application="recommendations-service",wanted="true"} 7.25
                """);

        assertThat(metrics).isEqualTo(new WorkMetrics(12, 7.25, 22.5));
    }

    @Test
    void findsNothingWhereNothingIsSaid() {
        assertThat(WorkMetrics.parse("")).isEqualTo(new WorkMetrics(0, 0, 0));
    }

    @Test
    void refusesWhatAreNoMetrics() {
        assertThatIllegalArgumentException().isThrownBy(() -> WorkMetrics.parse("<html>"));
    }
}

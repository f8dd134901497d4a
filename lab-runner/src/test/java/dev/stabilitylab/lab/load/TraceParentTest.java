package dev.stabilitylab.lab.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraceParentTest {

    @Test
    void beginsAnotherTraceEachTime() {
        RandomGenerator random = new Random(1);

        assertThat(TraceParent.next(random))
                .matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01")
                .isNotEqualTo(TraceParent.next(random));
    }

    @Test
    void hasNoIdOfZerosOnly() {
        assertThat(TraceParent.next(() -> 0)).isEqualTo("00-00000000000000000000000000000001-0000000000000001-01");
    }

    @ParameterizedTest
    @CsvSource({"tracing, true", "'grafana, tracing', true", "grafana, false", "notracing, false", "'', false"})
    void isWantedWhereTheProfileIsOn(String profiles, boolean wanted) {
        assertThat(TraceParent.isWanted(Map.of("SPRING_PROFILES_ACTIVE", profiles)))
                .isEqualTo(wanted);
        assertThat(TraceParent.isWanted(Map.of())).isFalse();
    }
}

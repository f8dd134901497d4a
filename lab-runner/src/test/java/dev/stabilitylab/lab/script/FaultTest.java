package dev.stabilitylab.lab.script;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stabilitylab.lab.script.Fault.Blackhole;
import dev.stabilitylab.lab.script.Fault.Down;
import dev.stabilitylab.lab.script.Fault.Errors;
import dev.stabilitylab.lab.script.Fault.Latency;
import dev.stabilitylab.lab.script.Fault.Slow;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FaultTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void tellsWhatHappensInsideAServiceFromWhatHappensOnTheWire() {
        assertThat(new Slow(SECOND, Duration.ZERO, 1).isInside()).isTrue();
        assertThat(new Errors(1).isInside()).isTrue();

        assertThat(new Down(1).isInside()).isFalse();
        assertThat(new Blackhole(1).isInside()).isFalse();
        assertThat(new Latency(SECOND, Duration.ZERO, 1).isInside()).isFalse();
    }

    @Test
    void saysBetweenWhatASlowServiceGetsSlower() {
        assertThat(new Slow(SECOND, Duration.ZERO, 1).text()).isEqualTo("1 s slower");
        assertThat(new Slow(Duration.ofMillis(7500), Duration.ofMillis(2500), 1).text())
                .isEqualTo("5 to 10 s slower");
        assertThat(new Slow(Duration.ofMillis(80), Duration.ofMillis(5), 1).text())
                .isEqualTo("0.075 to 0.085 s slower");
    }

    @Test
    void saysWhichShareIsHitUnlessItIsAll() {
        assertThat(new Slow(SECOND, Duration.ZERO, 0.3).text()).isEqualTo("1 s slower for 30 %");
        assertThat(new Errors(0.05).text()).isEqualTo("fails for 5 %");
        assertThat(new Errors(1).text()).isEqualTo("fails");
    }
}

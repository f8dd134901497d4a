package dev.stabilitylab.servicekit.capacity;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CapacityPropertiesTest {

    @Test
    void refusesANegativeServiceTime() {
        assertThatThrownBy(() -> new CapacityProperties(Duration.ofMillis(-5), 1, 0))
                .hasMessage("service-kit.capacity.service-time is -5 ms; it must be at least 0 ms");
    }

    @Test
    void refusesToServeNobody() {
        assertThatThrownBy(() -> new CapacityProperties(Duration.ZERO, 0, 0))
                .hasMessage("service-kit.capacity.concurrent-requests is 0; it must be at least 1");
    }

    @Test
    void refusesANegativeQueue() {
        assertThatThrownBy(() -> new CapacityProperties(Duration.ZERO, 1, -1))
                .hasMessage("service-kit.capacity.queue-length is -1; it must be at least 0");
    }
}

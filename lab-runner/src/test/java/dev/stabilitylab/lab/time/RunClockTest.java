package dev.stabilitylab.lab.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RunClockTest {

    private final ManualTime time = new ManualTime();

    @Test
    void countsFromItsOrigin() {
        time.skip(Duration.ofMillis(5));

        assertThat(time.clock().nanos()).isEqualTo(5_000_000);
    }

    @Test
    void placesMomentsOfTheDay() {
        time.skip(Duration.ofSeconds(2));

        assertThat(time.clock().nanosOf(Instant.parse("2026-11-23T15:00:01.5Z")))
                .isEqualTo(1_500_000_000);
        assertThat(time.clock().nanosOf(Instant.parse("2026-11-23T14:59:59Z"))).isEqualTo(-1_000_000_000);
    }

    @Test
    void placesRecentMomentsRightAfterTheWallClockWasSet() {
        long[] nanos = {0};
        Instant[] wall = {Instant.parse("2026-11-23T15:00:00Z")};
        RunClock clock = new RunClock(() -> nanos[0], () -> wall[0]);

        nanos[0] = 1_000_000_000;
        wall[0] = Instant.parse("2026-11-23T16:00:00Z");

        assertThat(clock.nanosOf(Instant.parse("2026-11-23T15:59:59.9Z"))).isEqualTo(900_000_000);
    }
}

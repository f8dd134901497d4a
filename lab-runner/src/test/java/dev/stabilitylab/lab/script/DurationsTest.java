package dev.stabilitylab.lab.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationsTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0s",
        "0s, 0, 0s",
        "80ms, 80, 80ms",
        "1.5s, 1500, 1.5s",
        "1500ms, 1500, 1.5s",
        "2m, 120000, 2m",
        "90s, 90000, 90s",
        "0.5m, 30000, 30s",
        "1h, 3600000, 1h",
        "5 s, 5000, 5s",
    })
    void readsAndWrites(String text, long millis, String shortest) {
        Duration duration = Durations.parse(text);

        assertThat(duration).isEqualTo(Duration.ofMillis(millis));
        assertThat(Durations.text(duration)).isEqualTo(shortest);
    }
}

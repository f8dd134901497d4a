package dev.stabilitylab.apiclient.internal.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationTextTest {

    @ParameterizedTest
    @CsvSource({"20s, 20000", "1500ms, 1500", "1h, 3600000", "1d, 86400000", "PT90S, 90000", "0s, 0", "-1s, -1000"})
    void readsADuration(String text, long millis) {
        assertThat(DurationText.require("ttl", text)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @CsvSource({", missing", "20, 20", "'', ''", "soon, soon", "'1s,2s', '1s,2s'", "9999999d, 9999999d"})
    void refusesWhatIsNoDuration(@Nullable String text, String shown) {
        assertThatThrownBy(() -> DurationText.require("ttl", text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("ttl is %s; it must be a duration with its unit, such as 300ms or 2s".formatted(shown));
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0ms",
        "PT0.3S, 300ms",
        "PT90S, 90s",
        "PT2H, 2h",
        "PT0.0005S, 500us",
        "PT0.000000007S, 7ns",
        "PT-1S, -1s",
        "PT24H0.000001S, 86400000001us"
    })
    void writesTheLargestUnitThatLosesNothing(Duration duration, String text) {
        assertThat(DurationText.format(duration)).isEqualTo(text);
        assertThat(DurationText.parse(text)).hasValue(duration);
    }
}
